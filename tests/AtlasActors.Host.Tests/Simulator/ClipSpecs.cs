using System.Buffers.Binary;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator.Predictions;
using AtlasActors.Simulator.Videos;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class ClipSpecs
{
    [Fact]
    public void The_index_stands_before_the_pictures()
    {
        var boxes = Mp4Box.ReadAll(Film(5));

        Assert.Equal(["ftyp", "moov", "mdat"], boxes.Select(box => box.Name));
        Assert.Equal("isom"u8, boxes[0].Content.AsSpan(0, 4));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7.3)]
    [InlineData(60)]
    public void The_file_lasts_exactly_as_long_as_asked(double seconds)
    {
        var moov = Moov(Film((decimal)seconds));
        var header = moov.At("mvhd");
        var times = moov.At("trak/mdia/minf/stbl/stts");

        Assert.Equal(seconds, (double)header.UInt32(16) / header.UInt32(12), 3);
        var ticks = Enumerable.Range(0, (int)times.UInt32(4))
            .Sum(entry => times.UInt32(8 + entry * 8) * (long)times.UInt32(12 + entry * 8));
        Assert.Equal(header.UInt32(16), ticks);
        Assert.Equal(header.UInt32(16), moov.At("trak/mdia/mdhd").UInt32(16));
    }

    [Theory]
    [InlineData(1920, 1080, 320, 180)]
    [InlineData(720, 1280, 180, 320)]
    [InlineData(1024, 1024, 240, 240)]
    public void The_picture_has_the_asked_shape(int width, int height, int filmedWidth, int filmedHeight)
    {
        var track = Moov(Film(5, width, height)).At("trak");

        Assert.Equal(((uint)filmedWidth << 16, (uint)filmedHeight << 16),
            (track.At("tkhd").UInt32(76), track.At("tkhd").UInt32(80)));
    }

    [Fact]
    public void Every_sample_is_one_unit_of_h264_in_its_place()
    {
        var file = Film(5);
        var table = Moov(file).At("trak/mdia/minf/stbl");
        var (sizes, at) = (table.At("stsz"), (int)table.At("stco").UInt32(8));
        var types = new List<int>();
        for (var sample = 0; sample < sizes.UInt32(8); sample++)
        {
            var size = (int)sizes.UInt32(12 + sample * 4);
            Assert.Equal(size - 4, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)));
            types.Add(file[at + 4] & 31);
            AssertNoStartCode(file.AsSpan(at + 4, size - 4));
            at += size;
        }

        Assert.Equal(file.Length, at);
        Assert.Equal(30, types.Count);
        Assert.Equal(5, types[0]);
        Assert.All(types.Skip(1), type => Assert.Equal(1, type));
    }

    [Fact]
    public void The_decoder_is_told_the_profile_and_both_parameter_sets()
    {
        var entries = Moov(Film(5)).At("trak/mdia/minf/stbl/stsd");
        var sampleEntry = Mp4Box.ReadAll(entries.Content[8..]).Single();
        var configuration = Mp4Box.ReadAll(sampleEntry.Content[78..]).Single();

        Assert.Equal("avc1", sampleEntry.Name);
        Assert.Equal((320, 180), (sampleEntry.UInt16(24), sampleEntry.UInt16(26)));
        Assert.Equal("avcC", configuration.Name);
        Assert.Equal(66, configuration.Content[1]);
        var sequenceLength = configuration.UInt16(6);
        Assert.Equal(0x67, configuration.Content[8]);
        Assert.Equal(0x68, configuration.Content[8 + sequenceLength + 3]);
    }

    [Fact]
    public void A_picture_block_by_block_is_found_in_the_first_sample_as_it_is()
    {
        var file = Film(5);
        var start = (int)Moov(file).At("trak/mdia/minf/stbl/stco").UInt32(8);
        var canvas = new AtlasActors.Simulator.Pictures.Canvas(320, 180);
        AtlasActors.Simulator.Pictures.Scene.Paint(canvas, "waves at dusk", "m", time: 0);
        var frame = new VideoFrame(canvas);

        // Studio range has no byte below 16, so nothing had to be escaped inside a block.
        var sample = file.AsSpan(start);
        for (var block = 0; block < frame.Columns * frame.Rows; block++)
        {
            var found = sample.IndexOf(frame.Block(block));
            Assert.InRange(found, 0, 64);
            sample = sample[(found + VideoFrame.BlockBytes)..];
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public void The_file_stays_under_half_a_megabyte(int seconds)
    {
        string[] prompts = ["waves at dusk", "A red fox", "Ein Café in Köln", "City skyline", "quiet lake", "steam"];
        foreach (var prompt in prompts)
            Assert.InRange(
                Clip.Film(prompt, "m", new MediaShape(1024, 1024, seconds, 1)).Length, 50_000, 500_000);
    }

    private static byte[] Film(decimal seconds, int width = 1920, int height = 1080) =>
        Clip.Film("waves at dusk", "m", new MediaShape(width, height, seconds, 1));

    private static Mp4Box Moov(byte[] file) => Mp4Box.ReadAll(file).Single(box => box.Name == "moov");

    private static void AssertNoStartCode(ReadOnlySpan<byte> unit)
    {
        for (var zeros = 0; unit.Length > 0; unit = unit[1..])
        {
            Assert.False(zeros >= 2 && unit[0] < 3, "two zeros are followed by a byte under 3");
            zeros = unit[0] == 0 ? zeros + 1 : 0;
        }
    }
}
