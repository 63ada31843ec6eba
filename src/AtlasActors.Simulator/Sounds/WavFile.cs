using System.Buffers.Binary;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Sounds;

/// <summary>
/// Plays a few notes that follow from the text, as a WAV file: one channel, 16 bits, 8000 samples a second.
/// </summary>
internal static class WavFile
{
    private const int SamplesPerSecond = 8000;
    private const int SamplesPerNote = SamplesPerSecond / 4;
    private const int HeaderLength = 44;
    private const int MostNotes = 12;
    private const double Loudness = 0.3 * short.MaxValue;

    // A pentatonic scale: whatever the text, no two notes quarrel.
    private static readonly double[] Scale = [261.63, 293.66, 329.63, 392.00, 440.00, 523.25];

    public static byte[] Play(string text, string model)
    {
        var notes = Math.Clamp(text.Length / 4, 4, MostNotes);
        var file = new byte[HeaderLength + (notes * SamplesPerNote * sizeof(short))];
        WriteHeader(file);
        var tune = Chance.OfText(model + '\n' + text);
        var samples = file.AsSpan(HeaderLength);
        for (var note = 0; note < notes; note++)
        {
            tune = Chance.Mix(tune);
            PlayNote(samples.Slice(note * SamplesPerNote * sizeof(short)), Scale[tune % (ulong)Scale.Length]);
        }

        return file;
    }

    private static void PlayNote(Span<byte> samples, double frequency)
    {
        for (var index = 0; index < SamplesPerNote; index++)
        {
            // It fades, so that notes do not click.
            var fade = 1 - ((double)index / SamplesPerNote);
            var value = Math.Sin(2 * Math.PI * frequency * index / SamplesPerSecond) * fade * Loudness;
            BinaryPrimitives.WriteInt16LittleEndian(samples[(index * sizeof(short))..], (short)value);
        }
    }

    private static void WriteHeader(Span<byte> file)
    {
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(file[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(file[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(file[24..], SamplesPerSecond);
        BinaryPrimitives.WriteInt32LittleEndian(file[28..], SamplesPerSecond * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(file[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(file[34..], 16);
        "data"u8.CopyTo(file[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[40..], file.Length - HeaderLength);
    }
}
