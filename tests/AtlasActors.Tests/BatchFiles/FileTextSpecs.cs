using System.Text;
using AtlasActors.BatchFiles;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public sealed class FileTextSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-actors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_is_not_there_is_a_fault() =>
        Assert.Equal("there is no such file", Fault(Path.Combine(_folder, "a", "none.yaml")));

    [Fact]
    public void A_folder_is_a_fault() => Assert.Equal("is a folder, not a batch file", Fault(_folder));

    [Fact]
    public void No_name_is_a_fault() => Assert.Equal("no file is named", Fault(""));

    [Fact]
    public void A_name_that_no_file_can_have_is_a_fault() =>
        Assert.StartsWith("cannot be read", Fault("a\0b"), StringComparison.Ordinal);

    [Fact]
    public void A_file_over_64_MB_is_a_fault()
    {
        var path = Path.Combine(_folder, "big.yaml");
        using (var file = File.Create(path))
            file.SetLength(FileText.MaxBytes + 1L);

        Assert.Equal("is larger than 64 MB", Fault(path));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_told_with_their_place()
    {
        var path = Write([.. "jobs:\n  - name: é h"u8, 0xFC, .. "tte"u8]);

        var fault = Assert.Single(BatchFileReader.ReadFile(path).Faults);

        Assert.Equal((2, 14, "the byte 0xFC here is not UTF-8"), (fault.Line, fault.Column, fault.Message));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    public void UTF_8_and_UTF_16_are_read_with_a_mark_and_without(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = encoding.GetBytes(Faults.Top().Replace("one", "größe 語", StringComparison.Ordinal));

        var reading = BatchFileReader.ReadFile(Write([.. mark ? encoding.GetPreamble() : [], .. text]));

        Assert.Equal("größe 語", Assert.Single(reading.Definition!.Jobs).Name);
    }

    [Fact]
    public void A_file_of_other_bytes_is_not_a_text_file() =>
        Assert.Equal("this is not a text file", Fault(Write([.. "%PNG"u8, 0, 0, 0, 13])));

    [Fact]
    public void A_fault_about_the_whole_file_names_no_line() =>
        Assert.Equal(
            "x.yaml: there is no such file", new FileFault(0, 0, "", "there is no such file", null).In("x.yaml"));

    private static string Fault(string path)
    {
        var reading = BatchFileReader.ReadFile(path);
        Assert.Null(reading.Definition);
        return Assert.Single(reading.Faults).Message;
    }

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(_folder, "batch.yaml");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
