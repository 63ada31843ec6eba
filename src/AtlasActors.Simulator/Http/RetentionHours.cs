using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>How long outputs and the record are to be kept, as a submission's headers say it.</summary>
internal static class RetentionHours
{
    private const string OutputHeader = "X-AtlasCloud-Object-Expiration-Hours";
    private const string RecordHeader = "X-AtlasCloud-Request-Retention-Hours";
    private const int Most = 336;

    /// <summary>The hours, null where nothing is said; not good where a header is no number in its range.</summary>
    public static (bool IsGood, int? Output, int? Record) Read(IHeaderDictionary headers)
    {
        var isOutputGood = TryRead(headers, OutputHeader, least: 1, out var output);
        var isRecordGood = TryRead(headers, RecordHeader, least: 0, out var record);
        return (isOutputGood && isRecordGood, output, record);
    }

    private static bool TryRead(IHeaderDictionary headers, string name, int least, out int? hours)
    {
        hours = null;
        if (!headers.TryGetValue(name, out var values)) return true;
        if (!int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < least || number > Most)
            return false;
        hours = number;
        return true;
    }
}
