namespace AtlasActors.Host.Settings;

/// <summary>What the program says to whoever started it. The numbers are part of its contract.</summary>
internal enum ExitCode
{
    /// <summary>All jobs succeeded.</summary>
    Succeeded = 0,

    /// <summary>
    /// Our own fault, or the machine's: a bug, a full disk, a journal that cannot be read, a port in use.
    /// </summary>
    Fault = 1,

    /// <summary>The command line, the batch file or the settings are not in order; nothing was sent.</summary>
    BadUsage = 2,

    /// <summary>Some jobs did not succeed. Skipped jobs of an unknown type alone do not make it so.</summary>
    SomeFailed = 3,

    /// <summary>The budget did not reach for all jobs.</summary>
    BudgetReached = 4,

    /// <summary>Atlas refuses the key, or the account has no balance left.</summary>
    AccountRefused = 5,

    /// <summary>Interrupted, and resumable.</summary>
    Interrupted = 130,
}
