namespace AtlasActors.Simulator.Predictions;

/// <summary>What comes out of a generation.</summary>
public enum OutputFormat
{
    Png,
    Mp4,
    Wav,

    /// <summary>A 3D model in one binary glTF file.</summary>
    Glb,

    /// <summary>No file: the answer itself has <c>{"text": …}</c>, as speech recognition does.</summary>
    Text,
}

/// <summary>What a format's files are called and how they are declared.</summary>
internal static class OutputFormats
{
    public static string Extension(OutputFormat format) => format switch
    {
        OutputFormat.Png => "png",
        OutputFormat.Mp4 => "mp4",
        OutputFormat.Wav => "wav",
        OutputFormat.Glb => "glb",
        OutputFormat.Text => "txt",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };

    public static string ContentType(OutputFormat format) => format switch
    {
        OutputFormat.Png => "image/png",
        OutputFormat.Mp4 => "video/mp4",
        OutputFormat.Wav => "audio/wav",
        OutputFormat.Glb => "model/gltf-binary",
        OutputFormat.Text => "text/plain",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };

    /// <summary>What comes out of a model that nobody described.</summary>
    public static OutputFormat OfKind(MediaKind kind) => kind switch
    {
        MediaKind.Image => OutputFormat.Png,
        MediaKind.Video => OutputFormat.Mp4,
        MediaKind.Audio => OutputFormat.Wav,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind."),
    };
}
