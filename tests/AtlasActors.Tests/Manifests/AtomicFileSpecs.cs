using System.Text;
using AtlasActors.Manifests;
using Xunit;

namespace AtlasActors.Tests.Manifests;

public sealed class AtomicFileSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-actors-specs-").FullName;

    [Fact]
    public async Task Two_that_write_one_file_at_once_write_it_one_after_the_other()
    {
        var path = Path.Combine(_folder, "manifest.json");
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 20; i++)
                AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(new string((char)('a' + writer), 1000))));
        }));

        await Task.WhenAll(writers);

        Assert.Single(File.ReadAllText(path).Distinct());
        Assert.Equal([path], Directory.GetFiles(_folder, "*", new EnumerationOptions { AttributesToSkip = 0 }));
    }

    [Fact]
    public void What_fails_half_way_leaves_the_old_file_and_nothing_beside_it()
    {
        var path = Path.Combine(_folder, "manifest.json");
        AtomicFile.Write(path, stream => stream.WriteByte((byte)'1'));

        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte((byte)'2');
            throw new IOException("full");
        }));

        Assert.Equal("1", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder, "*", new EnumerationOptions { AttributesToSkip = 0 }));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
