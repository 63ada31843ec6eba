using System.Text.Json;
using System.Text.Json.Serialization;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Serving.Callers;

/// <summary>
/// The file of the keys, in the service's folder. It is its owner's alone, is replaced as a whole, and may be changed
/// while the service runs.
/// </summary>
internal sealed class KeyFile(string path)
{
    private const string NotOurs = "it is not what 'atlas-actors keys' writes.";

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The keys, in the order in which they were added; none where there is no file.</summary>
    /// <exception cref="CommandException">The file can't be read, or is none of ours.</exception>
    public IReadOnlyList<KeptKey> Read()
    {
        try
        {
            return Bytes() is { } bytes ? Parse(bytes) : [];
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.BadUsage,
                $"The keys in {path} cannot be read: {fault.Message.TrimEnd('.')}. Until that is put right nobody is let in.");
        }
    }

    /// <summary>The file as it is now; null where there is none.</summary>
    public byte[]? Bytes()
    {
        try
        {
            // Mostly there is none, and an exception for each request would be dear.
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The keys in these bytes.</summary>
    /// <exception cref="InvalidDataException">They are no file of keys.</exception>
    public static IReadOnlyList<KeptKey> Parse(byte[] bytes)
    {
        try
        {
            var content = JsonSerializer.Deserialize<Content>(bytes, Form);
            return content?.Keys is { } keys
                && keys.All(key => key is { Sha256.Length: 64 } && key.Sha256.All(char.IsAsciiHexDigitLower))
                ? keys
                : throw new InvalidDataException(NotOurs);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(NotOurs, fault);
        }
    }

    /// <summary>Makes other keys of these; one command at a time.</summary>
    public void Change(Func<IReadOnlyList<KeptKey>, IReadOnlyList<KeptKey>> change)
    {
        using var turn = TakeTurn();
        var content = JsonSerializer.SerializeToUtf8Bytes(new Content(change(Read())), Form);
        var temporary = $"{path}.tmp";
        // What a command that was killed left there may have other rights than ours.
        File.Delete(temporary);
        using (var file = new FileStream(temporary, OwnersAlone(FileMode.CreateNew, FileAccess.Write)))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    private FileStream TakeTurn()
    {
        try
        {
            return new FileStream($"{path}.lock", OwnersAlone(FileMode.OpenOrCreate, FileAccess.ReadWrite));
        }
        catch (IOException)
        {
            throw new CommandException(ExitCode.Fault, "Another command is changing the keys just now: try again.");
        }
    }

    private static FileStreamOptions OwnersAlone(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private sealed record Content(IReadOnlyList<KeptKey> Keys);
}
