using System.Collections.Frozen;

namespace AtlasActors.Models;

/// <summary>What a batch file can say of a job in words that are the same for all models.</summary>
public enum CommonField
{
    /// <summary><c>size</c>, or <c>width</c> and <c>height</c>.</summary>
    Size,

    /// <summary><c>aspect_ratio</c>.</summary>
    AspectRatio,

    /// <summary><c>duration</c>, in seconds.</summary>
    Duration,

    /// <summary><c>resolution</c>.</summary>
    Resolution,

    /// <summary><c>image</c>, the first frame or what is edited.</summary>
    Image,

    /// <summary><c>last_image</c>, the last frame.</summary>
    LastImage,

    /// <summary><c>images</c>, what is referred to.</summary>
    Images,

    /// <summary><c>seed</c>.</summary>
    Seed,

    /// <summary><c>negative_prompt</c>.</summary>
    NegativePrompt,

    /// <summary><c>audio: true</c> or <c>false</c>: whether the video has sound.</summary>
    Audio,

    /// <summary><c>audio: https://…</c>: the sound itself.</summary>
    AudioUrl,
}

/// <summary>The common fields' names.</summary>
public static class CommonFields
{
    /// <summary>Each field by its name in a file of models.</summary>
    internal static readonly FrozenDictionary<string, CommonField> ByWord = new Dictionary<string, CommonField>
    {
        ["size"] = CommonField.Size,
        ["aspect_ratio"] = CommonField.AspectRatio,
        ["duration"] = CommonField.Duration,
        ["resolution"] = CommonField.Resolution,
        ["image"] = CommonField.Image,
        ["last_image"] = CommonField.LastImage,
        ["images"] = CommonField.Images,
        ["seed"] = CommonField.Seed,
        ["negative_prompt"] = CommonField.NegativePrompt,
        ["audio"] = CommonField.Audio,
        ["audio_url"] = CommonField.AudioUrl,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<CommonField, string> Words =
        ByWord.ToFrozenDictionary(word => word.Value, word => word.Key);

    /// <summary>Its name in a file of models.</summary>
    public static string Word(this CommonField field) => Words[field];

    /// <summary>Its key in a batch file.</summary>
    internal static string Key(this CommonField field) =>
        field == CommonField.AudioUrl ? Word(CommonField.Audio) : Word(field);
}
