namespace AtlasActors.Jobs;

/// <summary>What follows from what a job makes, but for money and patience.</summary>
public static class MediaKinds
{
    /// <summary>Each kind by its word in a batch file.</summary>
    internal static readonly IReadOnlyDictionary<string, MediaKind> ByWord =
        Enum.GetValues<MediaKind>().ToDictionary(Word);

    /// <summary>The words, as a sentence lists them.</summary>
    internal const string Words = "'image', 'video', 'audio' and '3d'";

    /// <summary>All folders of results.</summary>
    internal static IReadOnlyList<string> Folders { get; } = [.. Enum.GetValues<MediaKind>().Select(Folder)];

    /// <summary>Its <c>type</c> in a batch file and in a manifest.</summary>
    public static string Word(this MediaKind kind) => kind switch
    {
        MediaKind.Image => "image",
        MediaKind.Video => "video",
        MediaKind.Audio => "audio",
        MediaKind.ThreeD => "3d",
        _ => throw Unknown(kind),
    };

    /// <summary>One of what it makes, for people: <c>image</c>, <c>3D model</c>.</summary>
    public static string Noun(this MediaKind kind) => kind switch
    {
        MediaKind.Image => "image",
        MediaKind.Video => "video",
        MediaKind.Audio => "sound",
        MediaKind.ThreeD => "3D model",
        _ => throw Unknown(kind),
    };

    /// <summary>The same with its article.</summary>
    public static string OneNoun(this MediaKind kind) => $"{(kind == MediaKind.Image ? "an" : "a")} {Noun(kind)}";

    /// <summary>The last word of the address that takes its submissions.</summary>
    internal static string Endpoint(this MediaKind kind) => kind switch
    {
        MediaKind.Image or MediaKind.ThreeD => "generateImage",
        MediaKind.Video => "generateVideo",
        MediaKind.Audio => "generateAudio",
        _ => throw Unknown(kind),
    };

    /// <summary>The folder of its results.</summary>
    internal static string Folder(this MediaKind kind) => kind switch
    {
        MediaKind.Image => "images",
        MediaKind.Video => "videos",
        MediaKind.Audio => "audio",
        MediaKind.ThreeD => "models",
        _ => throw Unknown(kind),
    };

    /// <summary>Whether a generation takes minutes rather than seconds, as videos and 3D models do.</summary>
    internal static bool IsSlow(this MediaKind kind) => kind is MediaKind.Video or MediaKind.ThreeD;

    private static NotSupportedException Unknown(MediaKind kind) => new($"No rule for {kind}.");
}
