using System.Text;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Posting;

/// <summary>Batch files that bring their rows and pictures with them.</summary>
public sealed class FormSpecs : IAsyncLifetime
{
    private const string Batch = """
        jobs:
          - name: "Picture of {what}"
            type: video
            model: bytedance/seedance-v1.5-pro/image-to-video
            prompt: a {what}
            foreach: rows.csv
            image: hero.png
        """;

    private const string Rows = "what\nlake\nsea\n";

    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];

    private readonly ServedBatches _served = new();

    private string Out => Path.Combine(_served.Folder, "out");

    public Task InitializeAsync() => _served.StartAsync("--rate", "1000", "--submit-rate", "1000");

    public Task DisposeAsync() => _served.DisposeAsync().AsTask();

    [Fact]
    public async Task What_is_sent_along_lies_in_the_batch_s_own_folder_and_is_used_from_there()
    {
        var answer = await PostAsync("/v1/batches", Form());
        Assert.True(answer.Status == 201, answer.Body);
        var inputs = Path.Combine(Out, Assert.Single(_served.Batches.Ids).Value, "inputs");
        Assert.Equal(2, _served.Batches.Started!.Jobs.Count);
        Assert.All(_served.Batches.Started.Jobs, job => Assert.Equal(Path.Combine(inputs, "hero.png"), Assert.Single(job.Inputs).File));
        Assert.Equal(Png, await File.ReadAllBytesAsync(Path.Combine(inputs, "hero.png")));
        Assert.Equal(Rows, await File.ReadAllTextAsync(Path.Combine(inputs, "rows.csv")));
        AssertNothingIncoming();
    }

    [Theory]
    [InlineData("/v1/batches?dry_run=true")]
    [InlineData("/v1/estimate")]
    public async Task What_is_only_thought_about_leaves_nothing_behind(string path)
    {
        var answer = await PostAsync(path, Form());
        Assert.True(answer.Status == 200, answer.Body);
        Assert.Contains("\"jobs\": 2", answer.Body, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("foreach: rows.csv", "foreach: ../rows.csv")]
    [InlineData("foreach: rows.csv", "foreach: /etc/rows.csv")]
    [InlineData("image: hero.png", "image: ../../.atlas-actors/service.db")]
    [InlineData("image: hero.png", "image: /etc/passwd")]
    [InlineData("image: hero.png", "image: other.png")]
    public async Task Nothing_else_is_read_and_nothing_is_left_behind(string line, string instead)
    {
        await File.WriteAllTextAsync(Path.Combine(Out, "rows.csv"), Rows);
        var answer = await PostAsync("/v1/batches", Form(Batch.Replace(line, instead, StringComparison.Ordinal)));
        Assert.True(answer.Status == 422, answer.Body);
        Assert.DoesNotContain(_served.Folder, answer.Body, StringComparison.Ordinal);
        File.Delete(Path.Combine(Out, "rows.csv"));
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("C:\\pictures\\hero.png")]
    [InlineData("../../hero.png")]
    [InlineData("/etc/hero.png")]
    [InlineData("..\\hero.png")]
    public async Task Folders_before_a_name_are_left_out(string name)
    {
        Assert.Equal(201, (await PostAsync("/v1/batches", Form(picture: name))).Status);
        Assert.Equal(
            ["hero.png", "rows.csv"],
            Directory.GetFiles(Path.Combine(Out, _served.Batches.Ids[0].Value, "inputs")).Select(Path.GetFileName).Order());
        Assert.DoesNotContain(Directory.GetFiles(_served.Folder, "*.png", SearchOption.AllDirectories), file => !file.Contains("inputs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/..")]
    [InlineData("a\\")]
    [InlineData("rows.csv")]
    [InlineData("ROWS.CSV")]
    [InlineData("a:b.png")]
    public async Task A_name_that_leads_elsewhere_or_comes_twice_is_refused(string name)
    {
        Assert.Equal(400, (await PostAsync("/v1/batches", Form(picture: name))).Status);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\0b\"\r\n\r\nx\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"rows\"\r\n\r\nx\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: attachment; name=\"file\"\r\n\r\nx\r\n--x--\r\n")]
    [InlineData("--x\r\n\r\nx\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\njobs: []")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\na\r\n--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nb\r\n--x--\r\n")]
    [InlineData("--x--\r\n")]
    [InlineData("--x")]
    [InlineData("")]
    [InlineData("jobs: []")]
    public async Task A_form_that_is_not_in_order_is_refused(string body)
    {
        var answer = await _served.SendAsync("POST", "/v1/batches", body, "multipart/form-data; boundary=x");
        Assert.True(answer.Status == 400, answer.Body);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task A_form_needs_a_boundary(string type) =>
        Assert.Equal(400, (await _served.SendAsync("POST", "/v1/batches", "x", type)).Status);

    [Fact]
    public async Task The_same_form_again_is_the_same_whatever_stands_between_its_parts()
    {
        var first = await PostAsync("/v1/batches", Form(), ("Idempotency-Key", "k-1"));
        var second = await PostAsync("/v1/batches", Form(reversed: true), ("Idempotency-Key", "k-1"));
        Assert.Equal((201, first.Body), (second.Status, second.Body));
        var other = await PostAsync("/v1/batches", Form(rows: Rows + "dune\n"), ("Idempotency-Key", "k-1"));
        Assert.Equal(409, other.Status);
        Assert.Single(_served.Batches.Ids);
        AssertNothingIncoming();
    }

    [Fact]
    public async Task What_was_being_sent_when_the_service_ended_is_gone_at_the_next_start()
    {
        await _served.StopAsync();
        var left = Path.Combine(Out, ".atlas-actors", "incoming", "left");
        Directory.CreateDirectory(left);
        await File.WriteAllTextAsync(Path.Combine(left, "hero.png"), "half");
        await _served.StartAgainAsync();
        AssertNothingIncoming();
    }

    private static MultipartFormDataContent Form(
        string batch = Batch, string picture = "hero.png", string rows = Rows, bool reversed = false)
    {
        (byte[] Content, string Name, string FileName)[] parts =
        [
            (Encoding.UTF8.GetBytes(batch), "file", "batch.yaml"), (Encoding.UTF8.GetBytes(rows), "rows", "rows.csv"), (Png, "picture", picture),
        ];
        var form = new MultipartFormDataContent(Guid.NewGuid().ToString("n"));
        foreach (var (content, name, fileName) in reversed ? parts.Reverse() : parts)
        {
            var part = new ByteArrayContent(content);
            // As curl writes it: HttpClient's own form would write the backslashes otherwise.
            part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{name}\"; filename=\"{fileName}\"");
            form.Add(part);
        }
        return form;
    }

    private Task<(int Status, string Body, HttpResponseMessage Whole)> PostAsync(
        string path, HttpContent form, params (string Name, string Value)[] headers) => _served.SendAsync("POST", path, form, headers);

    private void AssertNothingIncoming() =>
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Out, ".atlas-actors", "incoming")));

    private void AssertNothingLeft()
    {
        AssertNothingIncoming();
        Assert.Equal([".atlas-actors"], Directory.GetDirectories(Out).Select(Path.GetFileName));
        Assert.Empty(_served.Batches.Ids);
    }
}
