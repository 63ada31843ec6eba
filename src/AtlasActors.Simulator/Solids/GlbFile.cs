using System.Buffers.Binary;
using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Solids;

/// <summary>A tetrahedron whose colour and height follow from the text, as one binary glTF 2.0 file.</summary>
internal static class GlbFile
{
    private const uint Magic = 0x46546C67;
    private const uint Version = 2;
    private const uint JsonChunk = 0x4E4F534A;
    private const uint BinaryChunk = 0x004E4942;
    private const int FloatNumbers = 5126;
    private const int ShortNumbers = 5123;
    private const int VertexTarget = 34962;
    private const int IndexTarget = 34963;

    // Each face turns the same way round, seen from outside.
    private static readonly ushort[] Faces = [0, 2, 1, 0, 1, 3, 1, 2, 3, 2, 0, 3];

    public static byte[] Model(string text, string model)
    {
        var dice = Chance.OfText(model + '\n' + text);
        var height = (float)(0.8 + Chance.Unit(Chance.Mix(dice)));
        float[] corners = [-0.5f, 0, 0.3f, 0.5f, 0, 0.3f, 0, 0, -0.6f, 0, height, 0];
        var binary = Binary(corners);
        var description = Description(corners.Length * sizeof(float), height, dice);
        return File(Padded(System.Text.Encoding.UTF8.GetBytes(description.ToJsonString()), (byte)' '), binary);
    }

    private static byte[] File(byte[] json, byte[] binary)
    {
        var file = new byte[12 + 8 + json.Length + 8 + binary.Length];
        var at = file.AsSpan();
        BinaryPrimitives.WriteUInt32LittleEndian(at, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(at[4..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(at[8..], file.Length);
        WriteChunk(at[12..], JsonChunk, json);
        WriteChunk(at[(20 + json.Length)..], BinaryChunk, binary);
        return file;
    }

    private static void WriteChunk(Span<byte> at, uint type, byte[] content)
    {
        BinaryPrimitives.WriteInt32LittleEndian(at, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(at[4..], type);
        content.CopyTo(at[8..]);
    }

    private static byte[] Binary(float[] corners)
    {
        var bytes = new byte[(corners.Length * sizeof(float)) + (Faces.Length * sizeof(ushort))];
        for (var index = 0; index < corners.Length; index++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), corners[index]);
        var faces = bytes.AsSpan(corners.Length * sizeof(float));
        for (var index = 0; index < Faces.Length; index++)
            BinaryPrimitives.WriteUInt16LittleEndian(faces[(index * sizeof(ushort))..], Faces[index]);
        return Padded(bytes, 0);
    }

    private static JsonObject Description(int cornersLength, float height, ulong dice) => new()
    {
        ["asset"] = new JsonObject { ["version"] = "2.0", ["generator"] = "AtlasActors.Simulator" },
        ["scene"] = 0,
        ["scenes"] = new JsonArray(new JsonObject { ["nodes"] = new JsonArray(0) }),
        ["nodes"] = new JsonArray(new JsonObject { ["mesh"] = 0 }),
        ["meshes"] = new JsonArray(new JsonObject
        {
            ["primitives"] = new JsonArray(new JsonObject
            {
                ["attributes"] = new JsonObject { ["POSITION"] = 0 }, ["indices"] = 1, ["material"] = 0,
            }),
        }),
        ["materials"] = new JsonArray(new JsonObject
        {
            ["pbrMetallicRoughness"] = new JsonObject { ["baseColorFactor"] = Colour(dice), ["metallicFactor"] = 0 },
        }),
        ["buffers"] = new JsonArray(
            new JsonObject { ["byteLength"] = cornersLength + (Faces.Length * sizeof(ushort)) }),
        ["bufferViews"] = new JsonArray(
            View(0, cornersLength, VertexTarget), View(cornersLength, Faces.Length * sizeof(ushort), IndexTarget)),
        ["accessors"] = new JsonArray(
            new JsonObject
            {
                ["bufferView"] = 0, ["componentType"] = FloatNumbers, ["count"] = cornersLength / 12,
                ["type"] = "VEC3", ["min"] = new JsonArray(-0.5, 0, -0.6f), ["max"] = new JsonArray(0.5, height, 0.3f),
            },
            new JsonObject
            {
                ["bufferView"] = 1, ["componentType"] = ShortNumbers, ["count"] = Faces.Length, ["type"] = "SCALAR",
            }),
    };

    private static JsonObject View(int offset, int length, int target) => new()
    {
        ["buffer"] = 0, ["byteOffset"] = offset, ["byteLength"] = length, ["target"] = target,
    };

    private static JsonArray Colour(ulong dice) => new(
        Math.Round(Chance.Unit(Chance.Mix(dice ^ 1)), 3), Math.Round(Chance.Unit(Chance.Mix(dice ^ 2)), 3),
        Math.Round(Chance.Unit(Chance.Mix(dice ^ 3)), 3), 1);

    // Chunks end at multiples of four bytes.
    private static byte[] Padded(byte[] content, byte filler)
    {
        var length = (content.Length + 3) / 4 * 4;
        var padded = new byte[length];
        content.CopyTo(padded, 0);
        padded.AsSpan(content.Length).Fill(filler);
        return padded;
    }
}
