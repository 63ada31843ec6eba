using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AtlasActors.Host.Serving;

/// <summary>
/// Where a page of a list ended, as the opaque word by which the next one is asked for. It belongs to the list and the
/// filters that it came from, and fits no others.
/// </summary>
internal static class PageCursor
{
    private const int MarkLength = 6;

    /// <summary>The parameters that say nothing about what is in the list.</summary>
    private static readonly string[] NotFilters = ["cursor", "limit"];

    /// <summary>The word for a place.</summary>
    public static string Of(HttpRequest request, params ReadOnlySpan<long> place)
    {
        var text = string.Join('.', place.ToArray().Select(number => number.ToString(CultureInfo.InvariantCulture)));
        return WebEncoders.Base64UrlEncode([.. MarkOf(request, text), .. Encoding.ASCII.GetBytes(text)]);
    }

    /// <summary>
    /// The place that <c>cursor</c> stands for; null where none is given, or, with a fault, where it is no word of ours.
    /// </summary>
    public static IReadOnlyList<long>? Read(HttpRequest request, QueryReading query, int numbers)
    {
        if (query.Text("cursor") is not { } word) return null;
        if (Find(request, word) is { } place && place.Count == numbers) return place;
        query.Fault("cursor", "is not one that this list gave, with these filters: leave it out for the first page.");
        return null;
    }

    private static List<long>? Find(HttpRequest request, string word)
    {
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(word);
            if (bytes.Length <= MarkLength) return null;
            var text = Encoding.ASCII.GetString(bytes.AsSpan(MarkLength));
            return bytes.AsSpan(0, MarkLength).SequenceEqual(MarkOf(request, text))
                ? [.. text.Split('.').Select(part => long.Parse(part, CultureInfo.InvariantCulture))]
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Tells words apart that were given for something else, or were changed on the way; it keeps no secret.</summary>
    private static byte[] MarkOf(HttpRequest request, string place)
    {
        var filters = request.Query
            .Where(pair => !NotFilters.Contains(pair.Key, StringComparer.Ordinal))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={string.Join('\u001f', pair.Value.ToArray())}");
        var all = string.Join('\u001e', [request.Path.Value, place, .. filters]);
        return SHA256.HashData(Encoding.UTF8.GetBytes(all))[..MarkLength];
    }
}
