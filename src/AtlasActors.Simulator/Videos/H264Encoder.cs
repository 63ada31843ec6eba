namespace AtlasActors.Simulator.Videos;

/// <summary>
/// The smallest part of H.264 that every player decodes (constrained baseline): blocks are either sent as they are
/// (I_PCM) or, when nothing in them has changed since the last picture, skipped. Section numbers are those of the
/// standard, ITU-T H.264.
/// </summary>
internal sealed class H264Encoder(int width, int height)
{
    private const int FrameNumberBits = 8;
    private const int IntraPcmInIntraSlice = 25;
    private const int IntraPcmInPredictedSlice = 5 + IntraPcmInIntraSlice;

    private VideoFrame? _last;
    private uint _frameNumber;

    /// <summary>7.3.2.1.1: sequence parameters: profile 66, level 3, pictures in the order they are shown.</summary>
    public byte[] SequenceParameters()
    {
        var (columns, rows) = (Blocks(width), Blocks(height));
        var bits = new BitWriter()
            .Bits(66, 8).Bits(0b1100_0000, 8).Bits(30, 8)
            .Golomb(0)
            .Golomb(FrameNumberBits - 4)
            .Golomb(2)
            .Golomb(1).Flag(false)
            .Golomb(columns - 1).Golomb(rows - 1)
            .Flag(true)
            .Flag(true);
        // Chroma has half the resolution, so the edges are cropped in steps of two pixels.
        bits.Flag(true)
            .Golomb(0).Golomb((columns * VideoFrame.Side - width) / 2)
            .Golomb(0).Golomb((rows * VideoFrame.Side - height) / 2)
            .Flag(false);
        return Unit(0x67, bits.Finish());
    }

    /// <summary>7.3.2.2: picture parameters: CAVLC, and slices may switch the deblocking filter off.</summary>
    public static byte[] PictureParameters() => Unit(0x68, new BitWriter()
        .Golomb(0).Golomb(0)
        .Flag(false).Flag(false)
        .Golomb(0).Golomb(0).Golomb(0)
        .Flag(false).Bits(0, 2)
        .Golomb(0).Golomb(0).Golomb(0)
        .Flag(true).Flag(false).Flag(false)
        .Finish());

    /// <summary>The next picture: the first in full, later ones by what has changed.</summary>
    public byte[] Encode(VideoFrame frame)
    {
        var unit = _last is null ? EncodeWhole(frame) : EncodeChanges(frame, _last);
        _last = frame;
        _frameNumber = (_frameNumber + 1) & ((1 << FrameNumberBits) - 1);
        return unit;
    }

    // 7.3.3: an IDR slice of I_PCM blocks only. Slice type 7: all slices of the picture are intra.
    private static byte[] EncodeWhole(VideoFrame frame)
    {
        var bits = new BitWriter()
            .Golomb(0).Golomb(7).Golomb(0)
            .Bits(0, FrameNumberBits)
            .Golomb(0)
            .Flag(false).Flag(false)
            .Golomb(0).Golomb(1);
        for (var block = 0; block < frame.Columns * frame.Rows; block++)
            bits.Golomb(IntraPcmInIntraSlice).Align().Bytes(frame.Block(block));
        return Unit(0x65, bits.Finish());
    }

    // Slice type 5: predicted. All motion vectors stay zero, for skipped blocks take theirs from each other.
    private byte[] EncodeChanges(VideoFrame frame, VideoFrame last)
    {
        var bits = new BitWriter()
            .Golomb(0).Golomb(5).Golomb(0)
            .Bits(_frameNumber, FrameNumberBits)
            .Flag(false)
            .Flag(false)
            .Flag(false)
            .Golomb(0).Golomb(1);
        var skipped = 0;
        for (var block = 0; block < frame.Columns * frame.Rows; block++)
        {
            if (frame.Block(block).SequenceEqual(last.Block(block)))
            {
                skipped++;
                continue;
            }

            bits.Golomb(skipped).Golomb(IntraPcmInPredictedSlice).Align().Bytes(frame.Block(block));
            skipped = 0;
        }

        if (skipped > 0) bits.Golomb(skipped);
        return Unit(0x41, bits.Finish());
    }

    // 7.4.1: a unit must not contain 00 00 00 to 00 00 03, so a 3 is put in after two zeros.
    private static byte[] Unit(byte header, byte[] payload)
    {
        using var unit = new MemoryStream(payload.Length + 16);
        unit.WriteByte(header);
        var zeros = 0;
        foreach (var value in payload)
        {
            if (zeros == 2 && value <= 3)
            {
                unit.WriteByte(3);
                zeros = 0;
            }

            unit.WriteByte(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }

        return unit.ToArray();
    }

    private static int Blocks(int pixels) => (pixels + VideoFrame.Side - 1) / VideoFrame.Side;
}
