using System.Text.Json;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.Costs;

public class LiveQuotesSpecs
{
    private static readonly AtlasFailure Trouble = new("Atlas Cloud refused a price.");

    [Fact]
    public async Task Five_hundred_pictures_of_one_model_are_one_question()
    {
        var atlas = new ScriptedInquiries(_ => ScriptedInquiries.Told(0.03m));
        var batch = Some.Images(500);

        var priced = (await LiveQuotes.AskAsync(batch, atlas, CancellationToken.None)).Price(batch);

        Assert.Single(atlas.Asked);
        Assert.All(priced.Jobs, job => Assert.Equal((new Usd(0.03m), PriceBasis.Quote), (job.Price, job.PriceBasis!.Value)));
        Assert.Equal(new Usd(15), priced.Price);
        Assert.Equal(BatchFingerprint.Of(batch), BatchFingerprint.Of(priced));
    }

    [Theory]
    [InlineData("""{"model":"m","prompt":"a lake","size":"1024*1024","seed":7,"negative_prompt":"rain"}""",
        """{"model":"m","prompt":"a prompt","size":"1024*1024"}""")]
    [InlineData("""{"prompt":"x","model":"m","image":"https://a/b.jpg?token=1","last_image":"data:image/png;base64,AAAA"}""",
        """{"image":"https://static.atlascloud.ai/placeholder.png","last_image":"https://static.atlascloud.ai/placeholder.png","model":"m","prompt":"a prompt"}""")]
    [InlineData("""{"model":"m","prompt":"x","images":["https://a","asset://b"],"reference_videos":["https://c"]}""",
        """{"images":["https://static.atlascloud.ai/placeholder.png","https://static.atlascloud.ai/placeholder.png"],"model":"m","prompt":"a prompt","reference_videos":["https://static.atlascloud.ai/placeholder.mp4"]}""")]
    [InlineData("""{"model":"m","prompt":"x","image":"hero.png","generate_audio":true,"duration":8}""",
        """{"duration":8,"generate_audio":true,"image":"https://static.atlascloud.ai/placeholder.png","model":"m","prompt":"a prompt"}""")]
    [InlineData("""{"model":"m","prompt":"x","loras":[{"path":"https://a/l.safetensors","scale":0.5}],"image_size":"2k"}""",
        """{"image_size":"2k","loras":[{"path":"https://a/l.safetensors","scale":0.5}],"model":"m","prompt":"a prompt"}""")]
    public void A_question_has_what_bills_and_placeholders_for_what_must_be_there(string body, string question) =>
        Assert.Equal(question, BillingBody.Of(Some.Image() with { Body = body }));

    [Fact]
    public void Jobs_of_one_model_that_bill_differently_are_asked_for_by_themselves()
    {
        var batch = Some.Batch(
            [.. new[] { 4, 8, 4, 8, 6 }.Select((seconds, i) => Some.Video(i + 1) with { Body = $$"""{"model":"m","prompt":"{{i}}","duration":{{seconds}}}""" })]);

        Assert.Equal([2, 2, 1], QuoteQuestion.Of(batch).Select(question => question.Jobs.Count));
    }

    [Fact]
    public async Task What_is_refused_or_unanswered_keeps_its_price_says_why_and_is_never_nothing()
    {
        var atlas = new ScriptedInquiries(body =>
            body.Contains("flux", StringComparison.Ordinal) ? ScriptedInquiries.Told(0.03m, 0.04m, 75)
            : body.Contains("seedance", StringComparison.Ordinal) ? new FreeAnswer<Quote>.Refused(Trouble)
            : new FreeAnswer<Quote>.Unanswered(new AtlasFailure("No answer."), null));
        var unknown = Some.Image(3) with { Model = "who/knows", Body = """{"model":"who/knows","prompt":"p"}""", PriceBasis = PriceBasis.Assumed, Price = PriceTable.AssumedRate };
        var batch = Some.Batch(Some.Image(1), Some.Video(2), unknown);

        var live = LiveEstimate.Of(batch, await LiveQuotes.AskAsync(batch, atlas, CancellationToken.None));

        Assert.Equal([new Usd(0.03m), new Usd(0.11m), new Usd(0.05m)], live.Models.Select(model => model.Price));
        Assert.Equal([null, "Atlas Cloud refused a price.", "No answer."], live.Models.Select(model => model.Trouble));
        Assert.Equal([1, 0, 0], live.Models.Select(model => model.Quoted));
        Assert.Equal([0, 0, 1], live.Models.Select(model => model.Assumed));
        Assert.Equal((new Usd(0.04m), 75m), (live.Models[0].ListPrice!.Value, live.Models[0].DiscountPercent!.Value));
        Assert.Null(live.Models[1].ListPrice);
    }

    [Fact]
    public async Task Four_questions_at_most_are_open_at_once()
    {
        var atlas = new ScriptedInquiries(_ => ScriptedInquiries.Told(1));
        var batch = Some.Batch([.. Enumerable.Range(1, 60).Select(OfItsOwn)]);

        await LiveQuotes.AskAsync(batch, atlas, CancellationToken.None);

        Assert.Equal(60, atlas.Asked.Distinct().Count());
        Assert.InRange(atlas.MostOpen, 1, 4);
    }

    [Fact]
    public async Task With_a_refused_key_the_rest_is_not_asked()
    {
        var atlas = new ScriptedInquiries(_ => new FreeAnswer<Quote>.KeyRefused(new AtlasFailure("The key is refused.")));
        var batch = Some.Batch([.. Enumerable.Range(1, 60).Select(OfItsOwn)]);

        var quotes = await LiveQuotes.AskAsync(batch, atlas, CancellationToken.None);

        Assert.Equal("The key is refused.", quotes.KeyRefused!.Message);
        Assert.InRange(atlas.Asked.Count, 1, 8);
        Assert.Equal(batch.Price, quotes.Price(batch).Price);
    }

    [Fact]
    public void Whatever_prompts_and_seeds_are_the_question_is_the_same() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<NonNull<string>>().ToArbitrary(), ArbMap.Default.GeneratorFor<int>().ToArbitrary(),
        (prompt, seed) =>
        {
            var body = JsonSerializer.Serialize(new { model = "m", prompt = prompt.Get, seed, negative_prompt = prompt.Get, duration = 5 });
            return BillingBody.Of(Some.Video() with { Body = body }) == """{"duration":5,"model":"m","prompt":"a prompt"}""";
        }).QuickCheckThrowOnFailure();

    private static JobDefinition OfItsOwn(int number) =>
        Some.Image(number) with { Body = $$"""{"model":"m","prompt":"p","size":"{{number}}*64"}""" };
}
