using System.Text.Json;

namespace AtlasActors.Host.Serving.Records;

/// <summary>The words for states and stages, the same in the records, in addresses and in documents.</summary>
internal static class Words
{
    /// <summary>Such as <c>in_doubt</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.ByValue[value];

    /// <summary>What a word stands for; null where it stands for nothing.</summary>
    public static T? Find<T>(string? word) where T : struct, Enum =>
        word is not null && Names<T>.ByWord.TryGetValue(word, out var value) ? value : null;

    /// <summary>All words, in the order of what they stand for.</summary>
    public static IEnumerable<string> All<T>() where T : struct, Enum => Names<T>.ByValue.Values;

    private static class Names<T> where T : struct, Enum
    {
        public static readonly IReadOnlyDictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(
            value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly IReadOnlyDictionary<string, T> ByWord =
            ByValue.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
