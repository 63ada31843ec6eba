using System.Text;
using AtlasActors.Atlas;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class UploadSpecs
{
    private const string Stored = """{"code":200,"data":{"download_url":"https://storage.example/x.png"}}""";
    private static readonly byte[] Picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    [Fact]
    public async Task A_file_is_sent_as_a_form_with_one_part_and_the_key()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Stored));
        var told = Assert.IsType<FreeAnswer<UploadedFile>.Told>(await UploadAsync(atlas, "cat.png"));
        Assert.Equal(new UploadedFile("https://storage.example/x.png"), told.Value);
        var heard = Assert.Single(atlas.Server.Heard);
        Assert.Equal(("POST", "/api/v1/model/uploadMedia"), (heard.Method, heard.Target));
        Assert.Equal("Bearer " + ApiUnderTest.Key, heard.Header("Authorization"));
        Assert.StartsWith("multipart/form-data; boundary=", heard.Header("Content-Type"), StringComparison.Ordinal);
        var text = Encoding.Latin1.GetString(heard.Body);
        Assert.Contains("Content-Disposition: form-data; name=\"file\"; filename=\"cat.png\"\r\n", text, StringComparison.Ordinal);
        Assert.Contains("Content-Type: image/png\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\n" + Encoding.Latin1.GetString(Picture) + "\r\n--", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Größe \"1\"\r\n.png", "Gr__e__1___.png")]
    [InlineData("folder/../cat.png", "cat.png")]
    [InlineData("", "file")]
    public async Task A_name_is_sent_in_letters_that_every_server_reads(string name, string sent)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Stored));
        await UploadAsync(atlas, name);
        Assert.Contains(
            $"filename=\"{sent}\"\r\n", Encoding.Latin1.GetString(atlas.Server.Heard[0].Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no type")]
    [InlineData("")]
    public async Task A_media_type_that_is_none_becomes_that_of_any_bytes(string type)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Stored));
        await UploadAsync(atlas, "x.png", type);
        Assert.Contains("Content-Type: application/octet-stream\r\n",
            Encoding.Latin1.GetString(atlas.Server.Heard[0].Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Neither_the_file_nor_the_key_follows_a_redirect(int status)
    {
        await using var other = new ScriptedServer(_ => Reply.Json(200, Stored));
        await using var atlas = new ApiUnderTest(_ => Reply.Redirect(status, new Uri(other.Url, "/x").ToString()));
        Answers.FailureOf(await UploadAsync(atlas, "cat.png"));
        Assert.Empty(other.Heard);
        Assert.Single(atlas.Server.Heard);
    }

    [Fact]
    public async Task A_line_that_breaks_leaves_the_file_to_be_sent_again_by_the_caller()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Nothing(Ending.Close));
        Assert.IsType<FreeAnswer<UploadedFile>.Unanswered>(await UploadAsync(atlas, "cat.png"));
        Assert.Single(atlas.Server.Heard);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_the_disk_s_fault()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Stored));
        var refused = Assert.IsType<FreeAnswer<UploadedFile>.Refused>(await atlas.AskAsync(api =>
            api.Uploads.UploadAsync(new BrokenFile(), "cat.png", "image/png", CancellationToken.None)));
        Assert.Equal("Cannot read cat.png: the disk is gone.", refused.Failure.Message);
    }

    [Fact]
    public async Task The_stream_is_read_from_where_it_stands_and_left_open()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Stored));
        using var file = new MemoryStream([1, 2, .. Picture]) { Position = 2 };
        await atlas.AskAsync(api => api.Uploads.UploadAsync(file, "cat.png", "image/png", CancellationToken.None));
        Assert.Equal(file.Length, file.Position);
        Assert.Contains("\r\n\r\n" + Encoding.Latin1.GetString(Picture) + "\r\n--",
            Encoding.Latin1.GetString(atlas.Server.Heard[0].Body), StringComparison.Ordinal);
    }

    private static Task<FreeAnswer<UploadedFile>> UploadAsync(
        ApiUnderTest atlas, string name, string type = "image/png") =>
        atlas.AskAsync(api => api.Uploads.UploadAsync(new MemoryStream(Picture), name, type, CancellationToken.None));

    /// <summary>A file whose disk goes away.</summary>
    private sealed class BrokenFile : MemoryStream
    {
        public override long Length => 100;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("the disk is gone");
    }
}
