using System.Security.Cryptography;
using System.Text;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>
/// The secret that the service and its receivers share, as Standard Webhooks writes it: <c>whsec_</c> and 24 to 64 bytes
/// in base64. It is the variable's, or else the file's, which is its owner's alone and is made where it is missing.
/// </summary>
internal sealed class WebhookSecret
{
    /// <summary>The variable that wins over the file.</summary>
    public const string Variable = "ATLAS_WEBHOOK_SECRET";

    private const string Prefix = "whsec_";
    private const int Least = 24, Most = 64;

    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);

    private readonly byte[] _key;

    private WebhookSecret(string text, byte[] key) => (Text, _key) = (text, key);

    /// <summary>The secret as receivers are given it.</summary>
    public string Text { get; }

    /// <summary>The one of the environment, or else of the file, which is made where it is missing.</summary>
    /// <exception cref="CommandException">There is one, and it is none.</exception>
    public static WebhookSecret Open(string path, Variables variables)
    {
        if (VariableFault(variables) is { } fault)
            throw new CommandException(ExitCode.BadUsage, fault);
        if (variables.Find(Variable) is { } given)
            return Parse(given)!;
        Make(path);
        return Parse(File.ReadAllText(path)) ?? throw new CommandException(
            ExitCode.BadUsage, $"{path} has no secret: {Form} Remove the file to have one made.");
    }

    /// <summary>What is wrong with the variable; null where it is a secret, or not set.</summary>
    public static string? VariableFault(Variables variables) =>
        variables.Find(Variable) is { } given && Parse(given) is null ? $"{Variable} is no secret: {Form}" : null;

    /// <summary>The secret that a text is; null where it is none.</summary>
    public static WebhookSecret? Parse(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var key = new byte[Most + 3];
        return Convert.TryFromBase64String(trimmed[Prefix.Length..], key, out var length)
            && length is >= Least and <= Most
            ? new WebhookSecret(trimmed, key[..length])
            : null;
    }

    /// <summary>What <c>webhook-signature</c> says of a body; it vouches for the id and the time as well.</summary>
    public string Sign(string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}.{unixSeconds}.")), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(_key, signed));
    }

    // The secret must not come into a log by way of its own text.
    public override string ToString() => Prefix + "…";

    private static string Form => $"give '{Prefix}' and {Least} to {Most} bytes of chance in base64.";

    private static void Make(string path)
    {
        if (File.Exists(path))
            return;
        using var turn = TakeTurn($"{path}.lock");
        if (File.Exists(path))
            return;
        var drawn = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Least));
        var temporary = $"{path}.tmp";
        // What a command that was killed left there may have other rights than ours.
        File.Delete(temporary);
        using (var file = new FileStream(temporary, OwnersAlone(FileMode.CreateNew)))
        {
            file.Write(Encoding.ASCII.GetBytes(drawn + "\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path);
    }

    /// <summary>One at a time: two that make it at once would each have their own.</summary>
    private static FileStream TakeTurn(string path)
    {
        FileStream? turn = null;
        return SpinWait.SpinUntil(() => (turn = Find(path)) is not null, LongestTurn)
            ? turn!
            : throw new CommandException(
                ExitCode.Fault, $"Another command has been making the secret of webhooks for long: {path} is its lock.");
    }

    private static FileStream? Find(string path)
    {
        try
        {
            return new FileStream(path, OwnersAlone(FileMode.OpenOrCreate));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static FileStreamOptions OwnersAlone(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
