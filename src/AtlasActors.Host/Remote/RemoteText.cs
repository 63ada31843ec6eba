using System.Globalization;
using System.Text;
using System.Text.Json;
using AtlasActors.Costs;
using AtlasActors.Host.Rendering;

namespace AtlasActors.Host.Remote;

/// <summary>What a service's documents say, for people.</summary>
internal static class RemoteText
{
    /// <summary>A batch in a line or three.</summary>
    public static string Batch(JsonElement batch)
    {
        var text = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"{Word(batch, "id")}  {Word(batch, "state"),-8} {Number(batch, "ended")} of {Number(batch, "total")}  {Money(batch, "charged")}"));
        if (Of(batch, "labels") is { ValueKind: JsonValueKind.Object } labels && labels.EnumerateObject().Any())
            text.Append("  ").AppendJoin(' ', labels.EnumerateObject().Select(label => $"{label.Name}={Texts.OneLine(label.Value.ToString())}"));
        text.AppendLine();
        if (Word(batch, "message") is { Length: > 0 } message)
            text.Append("  ").AppendLine(Texts.OneLine(message));
        return text.ToString();
    }

    /// <summary>A batch with its counts and money.</summary>
    public static string Whole(JsonElement batch)
    {
        var text = new StringBuilder(Batch(batch));
        if (Of(batch, "counts") is { ValueKind: JsonValueKind.Object } counts)
            foreach (var count in counts.EnumerateObject())
                text.AppendLine(CultureInfo.InvariantCulture, $"  {count.Name.Replace('_', ' ') + ":",-14}{count.Value}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"charged:",-14}{Money(batch, "charged")}");
        foreach (var name in (string[])["reserved", "in_doubt"])
            if (Amount(batch, name) is { } amount && amount > Usd.Zero)
                text.AppendLine(CultureInfo.InvariantCulture, $"  {name.Replace('_', ' ') + ":",-14}{Texts.Money(amount)}");
        return text.ToString();
    }

    /// <summary>The line of a job that has come to an end; null of one that has not.</summary>
    public static string? Job(JsonElement job)
    {
        var word = Word(job, "status") switch
        {
            "succeeded" => "OK",
            "failed" => "FAIL",
            "in_doubt" => "DOUBT",
            "refused" => "BUDGET",
            "cancelled" => "CANCEL",
            "overdue" => "LATE",
            _ => null,
        };
        if (word is null) return null;
        var rest = word == "OK" && Of(job, "cost") is { ValueKind: JsonValueKind.Number } cost
            ? Texts.LogMoney(new Usd(cost.GetDecimal()))
            : Word(job, "error");
        return $"[{word}] {Texts.OneLine(Word(job, "name"))} -- {Texts.OneLine(rest)}";
    }

    public static string Word(JsonElement document, string name) =>
        Of(document, name) is { ValueKind: JsonValueKind.String } word ? word.GetString()! : "";

    public static int Number(JsonElement document, string name) =>
        Of(document, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : 0;

    private static string Money(JsonElement batch, string name) => Texts.Money(Amount(batch, name) ?? Usd.Zero);

    private static Usd? Amount(JsonElement batch, string name) =>
        Of(batch, "money") is { } money && Of(money, name) is { ValueKind: JsonValueKind.Number } amount
            ? new Usd(amount.GetDecimal())
            : null;

    private static JsonElement? Of(JsonElement document, string name) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var value) ? value : null;
}
