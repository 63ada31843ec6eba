using System.Globalization;
using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>What somebody asks of the charges: days, how to group them, which models, which page.</summary>
internal sealed record CostQuery(
    DateOnly From,
    DateOnly Before,
    IReadOnlySet<string> GroupBy,
    IReadOnlyList<string> Models,
    IReadOnlyList<string> Types,
    int Limit)
{
    private const int MostDays = 180;
    private const int MostModels = 100;
    private const int UsualLimit = 100;
    private const int MostLimit = 1000;

    private static readonly string[] Groups = ["model_type", "model", "api_key"];
    private static readonly string[] KnownTypes = ["text", "image", "video", "audio"];

    /// <summary>The query, or what is wrong with it. A page begins at a day, which its cursor is.</summary>
    public static (CostQuery? Query, BillingRefusal? Refusal) Read(IQueryCollection query)
    {
        if (Day(query["start_date"]) is not { } from) return Bad("start_date", "start_date must be YYYY-MM-DD.");
        if (Day(query["end_date"]) is not { } before) return Bad("end_date", "end_date must be YYYY-MM-DD.");
        if (before <= from) return Bad("end_date", "end_date must be after start_date.");
        if (before.DayNumber - from.DayNumber > MostDays)
            return Bad("end_date", $"The range must not be longer than {MostDays} days.");
        var (groups, models, types) = (Words(query["group_by[]"]), Words(query["model_ids[]"]),
            Words(query["model_types[]"]));
        if (groups.Except(Groups).Any()) return BadWord("group_by[]");
        if (models.Length > MostModels || models.Any(model => model.Contains(','))) return BadWord("model_ids[]");
        if (types.Except(KnownTypes).Any()) return BadWord("model_types[]");
        if (Limited(query["limit"]) is not { } limit) return BadWord("limit");
        var page = query["page"].ToString();
        if (page.Length > 0 && (Day(page) is not { } first || first < from || first >= before)) return BadWord("page");
        var start = page.Length > 0 ? Day(page)!.Value : from;
        return (new CostQuery(start, before, groups.ToHashSet(StringComparer.Ordinal), models, types, limit), null);
    }

    public bool Wants(DayCharge charge) =>
        (Models.Count == 0 || Models.Contains(charge.Model, StringComparer.Ordinal))
        && (Types.Count == 0 || Types.Contains(TypeOf(charge), StringComparer.Ordinal));

    public static string TypeOf(DayCharge charge) => charge.Kind switch
    {
        MediaKind.Image => "image",
        MediaKind.Video => "video",
        _ => "audio",
    };

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static (CostQuery?, BillingRefusal) Bad(string param, string message) =>
        (null, BillingRefusal.Invalid("invalid_date_range", message, param));

    private static (CostQuery?, BillingRefusal) BadWord(string param) =>
        (null, BillingRefusal.Invalid("invalid_parameter", $"{param} is not valid.", param));

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string[] Words(IEnumerable<string?> values) => [.. values.OfType<string>()];

    private static int? Limited(string? text) =>
        string.IsNullOrEmpty(text) ? UsualLimit
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= MostLimit ? limit
        : null;
}
