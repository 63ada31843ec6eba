using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AtlasActors.Batches;

/// <summary>
/// Whether two places are one on some disk: those of Windows and macOS do not tell case apart, and macOS not whether a
/// letter is written as one character or as several. Letters of another width are not told apart either, as people do not.
/// </summary>
/// <remarks>
/// By hand, because without cultures .NET normalises nothing. Of safe names it is all that can differ, but for the thousand
/// ideographs that Unicode has twice: accents by themselves are no letters and are left out of names before.
/// </remarks>
internal sealed class SamePlace : IEqualityComparer<string>
{
    // Hangul, by Unicode's own arithmetic: a syllable is a leading consonant, a vowel, and perhaps a trailing consonant.
    private const int FirstSyllable = 0xAC00;
    private const int LastSyllable = 0xD7A3;
    private const int Vowels = 21;
    private const int Trailings = 28;

    /// <summary>What the narrow katakana from U+FF66 on are in their usual width.</summary>
    private const string Katakana = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

    private SamePlace() { }

    public static SamePlace OnAnyDisk { get; } = new();

    public bool Equals(string? x, string? y) => x is null || y is null ? x is null && y is null : Fold(x) == Fold(y);

    public int GetHashCode([DisallowNull] string obj) => Fold(obj).GetHashCode(StringComparison.Ordinal);

    private static string Fold(string place)
    {
        if (Ascii.IsValid(place)) return place.ToUpperInvariant();
        var folded = new StringBuilder(place.Length);
        foreach (var letter in place) Append(folded, letter);
        // Lower case first, for signs that are letters and have only that: the ohm, the kelvin, the angstrom.
        return folded.ToString().ToLowerInvariant().ToUpperInvariant();
    }

    private static void Append(StringBuilder folded, char letter)
    {
        switch (letter)
        {
            case 'ß' or 'ẞ':
                folded.Append("ss");
                break;
            case >= '\uff01' and <= '\uff5e':
                folded.Append((char)(letter - 0xFEE0));
                break;
            case >= '\uff66' and <= '\uff9d':
                folded.Append(Katakana[letter - 0xFF66]);
                break;
            case >= (char)FirstSyllable and <= (char)LastSyllable:
                var number = letter - FirstSyllable;
                folded.Append((char)(0x1100 + (number / (Vowels * Trailings))))
                    .Append((char)(0x1161 + (number / Trailings % Vowels)));
                if (number % Trailings > 0) folded.Append((char)(0x11A7 + (number % Trailings)));
                break;
            default:
                folded.Append(letter);
                break;
        }
    }
}
