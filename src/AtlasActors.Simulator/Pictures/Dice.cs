using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Pictures;

/// <summary>Throws that follow from a text alone, one after the other.</summary>
internal sealed class Dice(string text)
{
    private ulong _state = Chance.OfText(text);

    public double Between(double low, double high)
    {
        _state = Chance.Mix(_state);
        return low + (high - low) * Chance.Unit(_state);
    }

    public int Below(int count) => (int)Between(0, count);
}
