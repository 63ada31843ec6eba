using System.Text;
using AtlasActors.Host.Serving;
using AtlasActors.Host.Serving.Posting;
using AtlasActors.Host.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Posting;

/// <summary>How much a form may bring.</summary>
public sealed class FormLimitSpecs : IDisposable
{
    private static readonly ServiceLimits Small = ServiceLimits.Usual with
    {
        BatchFileBytes = 20, SentFileBytes = 10, FormBytes = 1000, FormParts = 3,
    };

    private readonly TemporaryFolder _folder = new();

    private string Incoming => _folder.File("incoming");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_just_small_enough_is_taken_and_let_go_of()
    {
        using (var sent = await ReadAsync(Form(20, 10, 10)))
        {
            Assert.Equal((20, 2), (sent.File.Length, sent.Along.Count));
            Assert.Equal(2, Directory.GetFiles(Incoming).Length);
        }
        Assert.False(Directory.Exists(Incoming));
    }

    [Theory]
    [InlineData(21, 10)]
    [InlineData(20, 11)]
    [InlineData(20, 1, 1, 1)]
    [InlineData(20, 500)]
    public async Task What_is_larger_is_refused_and_leaves_nothing(int batch, params int[] files)
    {
        var refused = await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(Form(batch, files)));
        Assert.Equal(StatusCodes.Status413PayloadTooLarge, refused.Status);
        Assert.False(Directory.Exists(Incoming));
    }

    [Fact]
    public async Task So_is_a_length_that_is_announced()
    {
        var announced = await Assert.ThrowsAsync<BadHttpRequestException>(() => ReadAsync(new string('x', 1001)));
        Assert.Equal(StatusCodes.Status413PayloadTooLarge, announced.StatusCode);
    }

    private static string Form(int batch, params int[] files) =>
        $"--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n{new string('a', batch)}\r\n"
        + string.Concat(files.Select((length, i) =>
            $"--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"{i}.csv\"\r\n\r\n{new string('b', length)}\r\n"))
        + "--x--\r\n";

    private Task<SentBatch> ReadAsync(string form)
    {
        var bytes = Encoding.ASCII.GetBytes(form);
        var context = new DefaultHttpContext { Request = { Body = new MemoryStream(bytes), ContentLength = bytes.Length } };
        return new SentForm(context, Small, Incoming).ReadAsync("x");
    }
}
