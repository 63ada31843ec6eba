using System.Security.Cryptography;
using System.Text;
using AtlasActors.Atlas;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class DownloadSpecs
{
    private static readonly byte[] Picture = Encoding.ASCII.GetBytes("\u0001 no picture that any rule knows");

    [Fact]
    public async Task A_whole_file_lies_in_its_place_with_its_hash_and_nothing_beside_it()
    {
        await using var downloads = new DownloadUnderTest(_ => new Reply(200, Picture).With("ETag", "\"a\""));
        var saved = await downloads.SaveAsync();
        Assert.Equal(downloads.Target + ".png", saved.Path);
        Assert.Equal(Picture, await File.ReadAllBytesAsync(saved.Path));
        Assert.Equal(Picture.Length, saved.Bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Picture)), saved.Sha256);
        Assert.Equal(["one.png"], downloads.Files);
    }

    [Fact]
    public async Task The_key_is_never_sent_with_a_download()
    {
        await using var downloads = new DownloadUnderTest(_ => new Reply(200, Picture));
        await downloads.SaveAsync();
        Assert.Null(Assert.Single(downloads.Server.Heard).Header("Authorization"));
    }

    [Fact]
    public async Task A_chunked_file_without_length_is_whole_too()
    {
        var chunks = Encoding.ASCII.GetBytes("5\r\nabcde\r\n3\r\nfgh\r\n0\r\n\r\n");
        await using var downloads = new DownloadUnderTest(_ =>
            new Reply(200, chunks).With("Transfer-Encoding", "chunked"));
        Assert.Equal("abcdefgh", await File.ReadAllTextAsync((await downloads.SaveAsync()).Path));
    }

    [Fact]
    public async Task A_chunked_file_cut_short_is_interrupted()
    {
        var chunks = Encoding.ASCII.GetBytes("5\r\nabcde\r\n3\r\nf");
        await using var downloads = new DownloadUnderTest(_ =>
            (new Reply(200, chunks) { Ending = Ending.Close }).With("Transfer-Encoding", "chunked"));
        Assert.IsType<DownloadAnswer.Interrupted>(await downloads.BringAsync());
    }

    [Fact]
    public async Task An_older_file_in_its_place_is_replaced()
    {
        await using var downloads = new DownloadUnderTest(_ => new Reply(200, Picture));
        Directory.CreateDirectory(downloads.Folder("images"));
        await File.WriteAllTextAsync(downloads.Target + ".png", "of an earlier attempt");
        Assert.Equal(Picture, await File.ReadAllBytesAsync((await downloads.SaveAsync()).Path));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(451)]
    public async Task An_address_that_serves_nothing_is_gone_and_so_is_the_part(int status)
    {
        await using var downloads = new DownloadUnderTest(_ => Reply.Html(status));
        Directory.CreateDirectory(downloads.Folder("images"));
        await File.WriteAllTextAsync(downloads.Part, "of an earlier try");
        var gone = Assert.IsType<DownloadAnswer.Gone>(await downloads.BringAsync("/one.png?Signature=secret"));
        Assert.Equal(status, gone.Failure.HttpStatus);
        Assert.DoesNotContain("secret", gone.Failure.Message, StringComparison.Ordinal);
        Assert.Empty(downloads.Files);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Passing_trouble_is_an_interruption_with_the_wait_that_is_asked_for(int status)
    {
        await using var downloads = new DownloadUnderTest(_ => Reply.Html(status)
            .With("Retry-After", "7").With("X-Request-ID", "req-7"));
        var interrupted = Assert.IsType<DownloadAnswer.Interrupted>(await downloads.BringAsync());
        Assert.Equal(TimeSpan.FromSeconds(7), interrupted.RetryAfter);
        Assert.Equal((status, "req-7"), (interrupted.Failure.HttpStatus, interrupted.Failure.RequestId));
    }

    [Theory]
    [InlineData("text/html", "no page")]
    [InlineData("application/json", "{\"error\":\"expired\"}")]
    [InlineData("application/problem+json", "{}")]
    [InlineData("application/xml", "<Error><Code>AccessDenied</Code></Error>")]
    [InlineData("application/octet-stream", "<?xml version=\"1.0\"?><Error/>")]
    [InlineData("application/octet-stream", "{\"error\":\"expired\"}")]
    [InlineData("image/png", "\n<!DOCTYPE html><html></html>")]
    [InlineData("image/png", "<HTML>")]
    [InlineData("image/png", "")]
    public async Task What_is_no_media_is_named_and_removed(string contentType, string text)
    {
        await using var downloads = new DownloadUnderTest(_ => Reply.Text(200, contentType, text));
        Assert.IsType<DownloadAnswer.WrongKind>(await downloads.BringAsync());
        Assert.Empty(downloads.Files);
    }

    [Theory]
    [InlineData("/a.json", "application/json", "{\"words\":[]}", ".json")]
    [InlineData("/a.gltf", "model/gltf+json", "{\"asset\":{}}", ".gltf")]
    [InlineData("/a.srt", "application/octet-stream", "1\n00:00:00,000 --> 00:00:01,000", ".srt")]
    [InlineData("data:text/plain;charset=utf-8;base64,SUQzIHRhZ3M=", "", "ID3 tags", ".txt")]
    [InlineData("data:application/json;base64,e30=", "", "{}", ".json")]
    public async Task A_text_that_was_promised_is_saved(string url, string contentType, string text, string extension)
    {
        await using var downloads = new DownloadUnderTest(_ => Reply.Text(200, contentType, text));
        var saved = await downloads.SaveAsync(url, MediaKind.Audio);
        Assert.EndsWith("one" + extension, saved.Path, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(saved.Path));
    }

    [Theory]
    [InlineData("/a.json", "text/html", "<html></html>", MediaKind.Audio)]
    [InlineData("/a.mp3", "application/json", "{\"error\":\"expired\"}", MediaKind.Audio)]
    [InlineData("/a.glb", "application/octet-stream", "<!doctype html>", MediaKind.ThreeD)]
    [InlineData("/a.mp4", "video/mp4", "GIF", MediaKind.Video, false)]
    [InlineData("data:text/plain,sorry", "", "", MediaKind.Video)]
    [InlineData("/a.mp4", "image/svg+xml", "<svg xmlns=''/>", MediaKind.Video)]
    public async Task An_error_in_the_place_of_what_was_promised_is_the_wrong_kind(
        string url, string contentType, string text, MediaKind kind, bool isWrong = true)
    {
        await using var downloads = new DownloadUnderTest(_ => Reply.Text(200, contentType, text));
        Assert.Equal(isWrong, await downloads.BringAsync(url, kind) is DownloadAnswer.WrongKind);
    }

    [Fact]
    public async Task A_picture_instead_of_a_video_is_the_wrong_kind_but_one_may_follow_the_video()
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
        await using var downloads = new DownloadUnderTest(_ => new Reply(200, png).With("Content-Type", "video/mp4"));
        var wrong = Assert.IsType<DownloadAnswer.WrongKind>(await downloads.BringAsync("/a.mp4", MediaKind.Video));
        Assert.Contains("a picture instead of a video", wrong.Failure.Message, StringComparison.Ordinal);
        var further = downloads.Order("/a.mp4", MediaKind.Video) with { IsFurther = true };
        Assert.EndsWith(".png", Assert.IsType<DownloadAnswer.Saved>(await downloads.BringAsync(further)).Path);
    }

    [Theory]
    [InlineData("data:image/webp;base64,AAECAw==", ".webp")]
    [InlineData("DATA:image/webp;name=x;BASE64,AAECAw", ".webp")]
    [InlineData("data:image/webp;base64,AAEC\nAw==\n", ".webp")]
    [InlineData("data:image/webp;base64,AAEC Aw", ".webp")]
    [InlineData("data:,%00%01%02%03", ".png")]
    public async Task A_data_address_is_decoded_to_a_file(string url, string extension)
    {
        await using var downloads = new DownloadUnderTest(_ => Reply.Html(404));
        var saved = await downloads.SaveAsync(url);
        Assert.EndsWith("one" + extension, saved.Path, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 3], await File.ReadAllBytesAsync(saved.Path));
        Assert.Empty(downloads.Server.Heard);
    }

    [Theory]
    [InlineData("data:image/png;base64")]
    [InlineData("data:image/png;base64,***")]
    [InlineData("data:image/png;base64,")]
    public async Task A_data_address_that_holds_nothing_is_the_wrong_kind(string url)
    {
        await using var downloads = new DownloadUnderTest(_ => Reply.Html(404));
        Assert.IsType<DownloadAnswer.WrongKind>(await downloads.BringAsync(url));
        Assert.Empty(downloads.Files);
    }

    [Theory]
    [InlineData("ftp://host/one.png")]
    [InlineData("file:///etc/hostname")]
    [InlineData("no address")]
    public async Task An_address_of_another_kind_is_gone(string url)
    {
        await using var downloads = new DownloadUnderTest(_ => Reply.Html(404));
        Assert.IsType<DownloadAnswer.Gone>(await downloads.BringAsync(url));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_the_disk_s_refusal_and_names_the_path()
    {
        await using var downloads = new DownloadUnderTest(_ => new Reply(200, Picture));
        await File.WriteAllTextAsync(downloads.Folder("file"), "in the way");
        var part = downloads.Folder("file/one.part");
        var order = downloads.Order() with { PartFile = part, Target = downloads.Folder("file/one") };
        var refused = Assert.IsType<DownloadAnswer.DiskRefused>(await downloads.BringAsync(order));
        Assert.Contains(part, refused.Failure.Message, StringComparison.Ordinal);
        Assert.Empty(downloads.Server.Heard);
    }

    [Fact]
    public async Task A_folder_in_the_file_s_place_is_the_disk_s_refusal_and_the_part_is_kept()
    {
        await using var downloads = new DownloadUnderTest(_ => new Reply(200, Picture));
        Directory.CreateDirectory(downloads.Target + ".png");
        Assert.IsType<DownloadAnswer.DiskRefused>(await downloads.BringAsync());
        Assert.Equal(["one.part"], downloads.Files);
    }

    [Fact]
    public async Task A_part_that_a_cancelled_download_has_not_let_go_of_is_tried_again_later()
    {
        await using var downloads = new DownloadUnderTest(_ => new Reply(200, Picture));
        Directory.CreateDirectory(downloads.Folder("images"));
        await using (new FileStream(downloads.Part, FileMode.Create, FileAccess.Write, FileShare.None))
            Assert.IsType<DownloadAnswer.Interrupted>(await downloads.BringAsync());
        await downloads.SaveAsync();
    }

    [Fact]
    public async Task A_full_disk_is_said_in_plain_words_and_the_part_s_room_given_back()
    {
        // The device that is always full is Linux's own.
        if (!File.Exists("/dev/full"))
            return;
        await using var downloads = new DownloadUnderTest(_ => new Reply(200, Picture));
        Directory.CreateDirectory(downloads.Folder("images"));
        File.CreateSymbolicLink(downloads.Part, "/dev/full");
        var refused = Assert.IsType<DownloadAnswer.DiskRefused>(await downloads.BringAsync());
        Assert.Equal($"Cannot write {downloads.Part}: the disk is full.", refused.Failure.Message);
        Assert.Empty(downloads.Files);
    }

    [Fact]
    public async Task A_cancelled_download_throws_and_keeps_its_part()
    {
        await using var downloads = new DownloadUnderTest(_ => new Reply(200, Picture).CutAt(5, Ending.Hang));
        using var cancellation = new CancellationTokenSource();
        var download = downloads.Downloads.DownloadAsync(downloads.Order(), cancellation.Token);
        await downloads.Server.NextRequestAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        Assert.Equal(["one.part"], downloads.Files);
    }

    [Fact]
    public async Task A_server_that_does_not_begin_is_given_up_after_its_time()
    {
        await using var downloads = new DownloadUnderTest(_ => Reply.Nothing(Ending.Hang));
        var download = downloads.BringAsync();
        await downloads.Server.NextRequestAsync();
        downloads.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.IsType<DownloadAnswer.Interrupted>(await download);
    }

    [Fact]
    public async Task A_body_that_stands_still_is_given_up_after_its_time()
    {
        await using var downloads = new DownloadUnderTest(_ => new Reply(200, Picture).CutAt(5, Ending.Hang));
        var download = downloads.BringAsync(kind: MediaKind.Video);
        await downloads.Server.NextRequestAsync();
        Assert.IsType<DownloadAnswer.Interrupted>(await downloads.Time.RunAsync(download, TimeSpan.FromMinutes(2)));
    }
}
