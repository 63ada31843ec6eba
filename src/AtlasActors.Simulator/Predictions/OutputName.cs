using System.Globalization;

namespace AtlasActors.Simulator.Predictions;

/// <summary>An output's file name: the prediction's id, a number from the second output on, an extension.</summary>
internal readonly record struct OutputName(string PredictionId, int Index, string Extension)
{
    public static OutputName For(Prediction prediction, int index) =>
        new(prediction.Id, index, OutputFormats.Extension(prediction.Format));

    public static OutputName? Parse(string text)
    {
        var dot = text.LastIndexOf('.');
        if (dot < 0) return null;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0) return new OutputName(text[..dot], 1, text[(dot + 1)..]);
        return int.TryParse(text[(dash + 1)..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new OutputName(text[..dash], index, text[(dot + 1)..])
            : null;
    }

    public override string ToString() => Index == 1
        ? $"{PredictionId}.{Extension}"
        : string.Create(CultureInfo.InvariantCulture, $"{PredictionId}-{Index}.{Extension}");
}
