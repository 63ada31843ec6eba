namespace AtlasActors.Atlas;

/// <summary>What a disk's refusal is called.</summary>
internal static class DiskFaults
{
    // errno on Unix, Win32 errors on Windows: .NET hands both through in the exception's HResult.
    private const int TryAgain = 11;
    private const int NoSpace = 28;
    private const int NoQuota = 122;
    private const int ReadOnly = 30;
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Whether somebody else, mostly we ourselves, has the file open.</summary>
    public static bool IsInUse(IOException fault) => fault.HResult is SharingViolation or TryAgain;

    /// <summary>Whether there is no room left.</summary>
    public static bool IsFull(Exception fault) => fault.HResult is NoSpace or WindowsDiskFull or NoQuota;

    /// <summary>The sentence for a fault at a path.</summary>
    public static AtlasFailure Failure(Exception fault, string path)
    {
        var cause = fault.HResult switch
        {
            NoSpace or WindowsDiskFull => "the disk is full",
            NoQuota => "the disk quota is used up",
            ReadOnly => "the disk is read-only",
            _ when fault is UnauthorizedAccessException => "it may not be written",
            _ => "the system says: " + fault.Message.TrimEnd('.'),
        };
        return new AtlasFailure($"Cannot write {path}: {cause}.");
    }
}
