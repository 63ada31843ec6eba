namespace AtlasActors.Simulator.Videos;

/// <summary>One silent H.264 track.</summary>
internal sealed record VideoTrack(
    int Width, int Height, TimeSpan Duration, byte[] SequenceParameters, byte[] PictureParameters,
    IReadOnlyList<byte[]> Samples);

/// <summary>
/// Puts a track into an MP4 file (ISO 14496-12 and -15), the index before the pictures: it plays while it loads.
/// </summary>
internal static class Mp4File
{
    private const uint TicksPerSecond = 12800;
    private const uint LengthFieldBytes = 4;

    public static byte[] Write(VideoTrack track)
    {
        // The index names the place of the first picture, and is as long with any number in it.
        var head = Head(track, firstSampleAt: 0);
        head = Head(track, (uint)head.Length + 8);
        return new BoxWriter()
            .Raw(head)
            .Box("mdat", box =>
            {
                foreach (var sample in track.Samples) box.UInt32((uint)sample.Length).Raw(sample);
            })
            .ToArray();
    }

    private static byte[] Head(VideoTrack track, uint firstSampleAt) => new BoxWriter()
        .Box("ftyp", box => box.Ascii("isom").UInt32(512).Ascii("isomiso2avc1mp41"))
        .Box("moov", box => box
            .FullBox("mvhd", 0, mvhd => mvhd
                .UInt32(0, 0, TicksPerSecond, Ticks(track), 0x10000)
                .UInt16(0x100).Zeros(10)
                .UInt32(Identity).Zeros(24)
                .UInt32(2))
            .Box("trak", trak => Track(trak, track, firstSampleAt)))
        .ToArray();

    private static void Track(BoxWriter box, VideoTrack track, uint firstSampleAt) => box
        .FullBox("tkhd", 3, tkhd => tkhd
            .UInt32(0, 0, 1, 0, Ticks(track)).Zeros(16)
            .UInt32(Identity)
            .UInt32((uint)track.Width << 16, (uint)track.Height << 16))
        .Box("mdia", mdia => mdia
            .FullBox("mdhd", 0, mdhd => mdhd.UInt32(0, 0, TicksPerSecond, Ticks(track)).UInt16(0x55C4, 0))
            .FullBox("hdlr", 0, hdlr => hdlr.UInt32(0).Ascii("vide").Zeros(12).Ascii("Video\0"))
            .Box("minf", minf => minf
                .FullBox("vmhd", 1, vmhd => vmhd.Zeros(8))
                .Box("dinf", dinf => dinf.FullBox("dref", 0, dref => dref.UInt32(1).FullBox("url ", 1, _ => { })))
                .Box("stbl", stbl => Samples(stbl, track, firstSampleAt))));

    private static void Samples(BoxWriter box, VideoTrack track, uint firstSampleAt)
    {
        var count = (uint)track.Samples.Count;
        var each = Ticks(track) / count;
        box.FullBox("stsd", 0, stsd => stsd.UInt32(1).Box("avc1", avc1 => SampleEntry(avc1, track)))
            // What the division leaves over is added to the last picture.
            .FullBox("stts", 0, stts => stts.UInt32(2, count - 1, each, 1, Ticks(track) - each * (count - 1)))
            .FullBox("stss", 0, stss => stss.UInt32(1, 1))
            .FullBox("stsc", 0, stsc => stsc.UInt32(1, 1, count, 1))
            .FullBox("stsz", 0, stsz =>
            {
                stsz.UInt32(0, count);
                foreach (var sample in track.Samples) stsz.UInt32((uint)sample.Length + LengthFieldBytes);
            })
            .FullBox("stco", 0, stco => stco.UInt32(1, firstSampleAt));
    }

    private static void SampleEntry(BoxWriter box, VideoTrack track) => box
        .Zeros(6).UInt16(1).Zeros(16)
        .UInt16((ushort)track.Width, (ushort)track.Height)
        .UInt32(0x480000, 0x480000, 0)
        .UInt16(1).Zeros(32).UInt16(24, 0xFFFF)
        .Box("avcC", avcC => avcC
            .Raw(1, track.SequenceParameters[1], track.SequenceParameters[2], track.SequenceParameters[3])
            .Raw(0xFC | (byte)(LengthFieldBytes - 1), 0xE1)
            .UInt16((ushort)track.SequenceParameters.Length).Raw(track.SequenceParameters)
            .Raw(1)
            .UInt16((ushort)track.PictureParameters.Length).Raw(track.PictureParameters));

    private static uint Ticks(VideoTrack track) => (uint)Math.Round(track.Duration.TotalSeconds * TicksPerSecond);

    private static ReadOnlySpan<uint> Identity => [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];
}
