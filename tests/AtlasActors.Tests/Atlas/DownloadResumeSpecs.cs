using AtlasActors.Atlas;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class DownloadResumeSpecs
{
    private const int Half = 150_000;
    private static readonly byte[] Old = Bytes(1);
    private static readonly byte[] New = Bytes(2);

    [Theory]
    [InlineData(nameof(Ending.Close))]
    [InlineData(nameof(Ending.Reset))]
    public async Task A_download_cut_half_way_goes_on_from_there(string ending)
    {
        await using var downloads = new DownloadUnderTest(request => request.Header("Range") is null
            ? Whole(Old, "a").CutAt(Half, Enum.Parse<Ending>(ending))
            : Rest(request, Old, "a"));
        Assert.IsType<DownloadAnswer.Interrupted>(await downloads.BringAsync());
        Assert.Equal(["one.part", "one.part.origin"], downloads.Files);
        var there = new FileInfo(downloads.Part).Length;
        var saved = await downloads.SaveAsync();
        Assert.Equal(Old, await File.ReadAllBytesAsync(saved.Path));
        Assert.Equal(Hash(Old), saved.Sha256);
        Assert.Equal(["one.png"], downloads.Files);
        // A reset may overtake the bytes before it; with none there the download begins anew.
        if (there > 0)
            Assert.Equal($"bytes={there}-", downloads.Server.Heard[1].Header("Range"));
        if (there > 0)
            Assert.Equal("\"a\"", downloads.Server.Heard[1].Header("If-Range"));
    }

    [Fact]
    public async Task A_download_cut_again_and_again_ends_with_the_whole_file()
    {
        const int piece = 40_000;
        await using var downloads = new DownloadUnderTest(request =>
        {
            var reply = request.Header("Range") is null ? Whole(Old, "a") : Rest(request, Old, "a");
            return reply.Body.Length > piece ? reply.CutAt(piece, Ending.Close) : reply;
        });
        DownloadAnswer answer;
        var tries = 0;
        do
            answer = await downloads.BringAsync();
        while (answer is DownloadAnswer.Interrupted && ++tries < 20);
        Assert.Equal(Old, await File.ReadAllBytesAsync(Assert.IsType<DownloadAnswer.Saved>(answer).Path));
        Assert.Equal((Old.Length - 1) / piece, tries);
    }

    [Fact]
    public async Task A_content_that_changed_in_between_is_brought_anew()
    {
        await using var downloads = new DownloadUnderTest(request => request.Header("Range") is null
            ? Whole(Old, "a").CutAt(Half, Ending.Close)
            : Whole(New, "b"));
        await downloads.BringAsync();
        Assert.Equal(Hash(New), (await downloads.SaveAsync()).Sha256);
        Assert.Equal(2, downloads.Server.Heard.Count);
    }

    [Fact]
    public async Task A_rest_of_another_content_is_not_believed_even_if_the_server_sends_it()
    {
        await using var downloads = new DownloadUnderTest(request =>
            request.Header("Range") is not null ? Rest(request, New, "b") : Whole(New, "b"));
        await SeedAsync(downloads, "\"a\"");
        Assert.Equal(Hash(New), (await downloads.SaveAsync()).Sha256);
        Assert.Equal(2, downloads.Server.Heard.Count);
    }

    [Fact]
    public async Task A_rest_that_begins_elsewhere_is_not_believed()
    {
        await using var downloads = new DownloadUnderTest(request => request.Header("Range") is null
            ? Whole(Old, "a")
            : new Reply(206, Old).With("Content-Range", $"bytes 0-{Old.Length - 1}/{Old.Length}"));
        await SeedAsync(downloads, "\"a\"");
        Assert.Equal(Hash(Old), (await downloads.SaveAsync()).Sha256);
    }

    [Fact]
    public async Task A_range_that_the_server_does_not_have_begins_anew()
    {
        await using var downloads = new DownloadUnderTest(request => request.Header("Range") is null
            ? Whole(Old, "a")
            : new Reply(416, []).With("Content-Range", "bytes */12"));
        await SeedAsync(downloads, "\"a\"");
        Assert.Equal(Hash(Old), (await downloads.SaveAsync()).Sha256);
    }

    [Theory]
    [InlineData("W/\"weak\"")]
    [InlineData(null)]
    public async Task Without_a_strong_tag_one_begins_anew(string? tag)
    {
        var count = 0;
        await using var downloads = new DownloadUnderTest(_ =>
        {
            var reply = new Reply(200, count == 0 ? Old : New);
            reply = tag is null ? reply : reply.With("ETag", tag);
            return count++ == 0 ? reply.CutAt(Half, Ending.Close) : reply;
        });
        await downloads.BringAsync();
        Assert.Equal(Hash(New), (await downloads.SaveAsync()).Sha256);
        Assert.All(downloads.Server.Heard, request => Assert.Null(request.Header("Range")));
    }

    [Fact]
    public async Task A_content_long_unchanged_goes_on_by_its_date()
    {
        const string changed = "Sat, 21 Nov 2026 10:00:00 GMT";
        static Reply Dated(Reply reply) =>
            reply.With("Last-Modified", changed).With("Date", "Sat, 21 Nov 2026 12:00:00 GMT");
        await using var downloads = new DownloadUnderTest(request => request.Header("Range") is null
            ? Dated(new Reply(200, Old)).CutAt(Half, Ending.Close)
            : Dated(Rest(request, Old, null)));
        await downloads.BringAsync();
        Assert.Equal(Hash(Old), (await downloads.SaveAsync()).Sha256);
        Assert.Equal(changed, downloads.Server.Heard[1].Header("If-Range"));
    }

    [Fact]
    public async Task A_part_of_another_address_is_not_gone_on_from()
    {
        await using var downloads = new DownloadUnderTest(_ => Whole(New, "a"));
        await SeedAsync(downloads, "\"a\"");
        Assert.Equal(Hash(New), (await downloads.SaveAsync("/two.png")).Sha256);
        Assert.Null(Assert.Single(downloads.Server.Heard).Header("Range"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Address\":\"")]
    [InlineData("null")]
    public async Task A_torn_note_about_the_part_begins_anew(string note)
    {
        await using var downloads = new DownloadUnderTest(_ => Whole(New, "a"));
        await SeedAsync(downloads, "\"a\"");
        await File.WriteAllTextAsync(PartFile.OriginPathOf(downloads.Part), note);
        Assert.Equal(Hash(New), (await downloads.SaveAsync()).Sha256);
        Assert.Null(Assert.Single(downloads.Server.Heard).Header("Range"));
    }

    [Fact]
    public async Task A_part_that_was_whole_before_the_process_ended_is_put_in_its_place_without_asking()
    {
        await using var downloads = new DownloadUnderTest(_ => Reply.Html(404));
        await SeedAsync(downloads, "\"a\"", Old.Length);
        Assert.Equal(Hash(Old), (await downloads.SaveAsync()).Sha256);
        Assert.Empty(downloads.Server.Heard);
    }

    [Theory]
    [InlineData(300_000, false)]
    [InlineData(Half, true)]
    public async Task What_comes_at_one_go_leaves_no_note_and_a_part_of_it_does(int length, bool hasNote)
    {
        await using var downloads = new DownloadUnderTest(_ => Reply.Html(404));
        using var part = new PartFile(downloads.Part);
        using var response = new HttpResponseMessage { Content = new ByteArrayContent(Old) };
        response.Headers.TryAddWithoutValidation("ETag", "\"a\"");
        part.Begin(PartOrigin.Of(downloads.Order().Url, response));
        await part.AppendAsync(Old.AsMemory(0, length), CancellationToken.None);
        Assert.Equal(hasNote, File.Exists(PartFile.OriginPathOf(downloads.Part)));
    }

    [Fact]
    public async Task A_length_that_does_not_hold_is_an_interruption()
    {
        await using var downloads = new DownloadUnderTest(_ =>
            new Reply(200, Old) { Ending = Ending.Close }.With("Content-Length", (Old.Length + 10).ToString()));
        Assert.IsType<DownloadAnswer.Interrupted>(await downloads.BringAsync());
    }

    [Fact]
    public async Task A_rest_shorter_than_the_whole_is_an_interruption_that_can_be_gone_on_from()
    {
        await using var downloads = new DownloadUnderTest(request =>
        {
            var rest = Rest(request, Old, "a");
            return request.Header("Range") == $"bytes={Half}-"
                ? rest with { Body = rest.Body[..1000] }
                : rest;
        });
        await SeedAsync(downloads, "\"a\"");
        Assert.IsType<DownloadAnswer.Interrupted>(await downloads.BringAsync());
        Assert.Equal(Hash(Old), (await downloads.SaveAsync()).Sha256);
    }

    /// <summary>Leaves what a killed process would: the first part of the old content, and the note about it.</summary>
    private static async Task SeedAsync(DownloadUnderTest downloads, string tag, int length = Half)
    {
        using var part = new PartFile(downloads.Part);
        using var response = new HttpResponseMessage { Content = new ByteArrayContent(Old) };
        response.Headers.TryAddWithoutValidation("ETag", tag);
        part.Begin(PartOrigin.Of(downloads.Order().Url, response));
        await part.AppendAsync(Old.AsMemory(0, Half), CancellationToken.None);
        await part.AppendAsync(Old.AsMemory(Half, length - Half), CancellationToken.None);
    }

    private static Reply Whole(byte[] content, string tag) => new Reply(200, content).With("ETag", $"\"{tag}\"");

    private static Reply Rest(HeardRequest request, byte[] content, string? tag)
    {
        var start = int.Parse(request.Header("Range")!["bytes=".Length..].TrimEnd('-'));
        var reply = new Reply(206, content[start..])
            .With("Content-Range", $"bytes {start}-{content.Length - 1}/{content.Length}");
        return tag is null ? reply : reply.With("ETag", $"\"{tag}\"");
    }

    private static byte[] Bytes(int seed)
    {
        var bytes = new byte[300_000];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static string Hash(byte[] bytes) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
}
