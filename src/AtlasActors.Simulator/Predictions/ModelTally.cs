namespace AtlasActors.Simulator.Predictions;

/// <summary>What has become of one model's submissions so far. Guarded by the book that counts.</summary>
internal sealed class ModelTally
{
    public int Submitted { get; private set; }

    public int InFlight { get; private set; }

    public int NotCompleted { get; private set; }

    public decimal Charged { get; private set; }

    public void Start()
    {
        Submitted++;
        InFlight++;
    }

    public void Settle(Prediction prediction)
    {
        InFlight--;
        if (prediction.IsCharged) Charged += prediction.Price;
        else NotCompleted++;
    }

    public ModelTally Copy() => (ModelTally)MemberwiseClone();
}
