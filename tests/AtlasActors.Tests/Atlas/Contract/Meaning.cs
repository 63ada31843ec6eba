using System.Globalization;
using AtlasActors.Atlas;

namespace AtlasActors.Tests.Atlas.Contract;

/// <summary>What the client made of an answer, in the words of the contract's tables.</summary>
internal static class Meaning
{
    public static string Of(SubmitAnswer answer) => answer switch
    {
        SubmitAnswer.Accepted a => $"taken as {a.Prediction.Id}"
            + (a.Prediction.PollUrl is { } url ? $", asked for at {url}" : "")
            + (a.Immediate is { } now ? $"; {Of(now)}" : ""),
        SubmitAnswer.RateLimited => "not taken, slow down",
        SubmitAnswer.NotTaken => "not taken, passing",
        SubmitAnswer.Rejected => "refused for good",
        SubmitAnswer.KeyRefused => "key refused",
        SubmitAnswer.OutOfBalance => "out of balance",
        SubmitAnswer.Unknown => "in doubt",
        _ => answer.ToString(),
    };

    public static string Of(PollAnswer answer) => answer switch
    {
        PollAnswer.Running a => $"runs, {a.Status}",
        PollAnswer.Completed a => "made, "
            + (a.Outputs.Count == 0 ? "nothing in it" : string.Join(' ', a.Outputs))
            + (a.Price is { } price ? $", charged {Number(price)}" : "")
            + (a.IsFlagged ? ", flagged" : ""),
        PollAnswer.Failed a => $"failed{(a.IsFinal ? " for good" : "")}{Code(a.Failure)}: {a.Failure.Message}",
        PollAnswer.NotFound => "not known",
        PollAnswer.Unanswered => "no word",
        PollAnswer.KeyRefused => "key refused",
        _ => answer.ToString(),
    };

    public static string Of<T>(FreeAnswer<T> answer, Func<T, string> value) => answer switch
    {
        FreeAnswer<T>.Told told => value(told.Value),
        FreeAnswer<T>.Refused => "refused for good",
        FreeAnswer<T>.KeyRefused => "key refused",
        FreeAnswer<T>.OutOfBalance => "out of balance",
        FreeAnswer<T>.Unanswered => "no word",
        _ => answer.ToString(),
    };

    public static string Of(UploadedFile file) => file.Url
        + (file.Name is null ? "" : $", {file.Name}")
        + (file.ContentType is null ? "" : $", {file.ContentType}")
        + (file.Bytes is null ? "" : $", {file.Bytes} bytes");

    public static string Of(Quote quote) => $"costs {Number(quote.Price)}"
        + (quote.ListPrice is { } list ? $", listed at {Number(list)}" : "")
        + (quote.DiscountPercent is { } discount ? $", {Number(discount)} %" : "")
        + (quote.IsEstimate ? ", an estimate" : "")
        + (quote.Tokens is > 0 ? $" of {quote.Tokens} tokens" : "")
        + (quote.IsPartial ? ", without the input video" : "");

    public static string Of(IReadOnlyList<ListedModel> models) => models.Count == 0
        ? "no models"
        : string.Join("; ", models.Select(model => model.Id
            + (model.Type is null ? "" : $", {model.Type}")
            + (model.Categories.Count == 0 ? "" : $", {string.Join('+', model.Categories)}")
            + (model.Price.Base is { } price ? $", {Number(price)}" : "")
            + (model.Price.ListBase is { } list ? $" of {Number(list)}" : "")
            + (model.Price.DiscountPercent is { } discount ? $" ({Number(discount)} %)" : "")
            + (model.Price.Text is { } text ? $", \"{text}\"" : "")));

    public static string Of(Balance balance) => $"{balance.Account ?? "?"} has {Number(balance.Available)}"
        + (balance.Cash is { } cash ? $", cash {Number(cash)}" : "")
        + (balance.Frozen is { } frozen ? $", frozen {Number(frozen)}" : "")
        + (balance.OverdraftLeft is { } overdraft ? $", overdraft {Number(overdraft)}" : "");

    public static string Of(ModelCosts costs) => costs.Days.Count == 0
        ? "no charges"
        : string.Join("; ", costs.Days.Select(cost =>
            $"{cost.Day:yyyy-MM-dd} {cost.Model ?? "?"} {Number(cost.Amount)}{(cost.IsPartial ? " so far" : "")}"));

    private static string Code(AtlasFailure failure) => failure.Code is null ? "" : $" ({failure.Code})";

    private static string Number(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
