namespace AtlasActors.Models;

/// <summary>
/// What the tutorial sends where its batch file says nothing. Nobody wrote it: where a model does not take it, it gives
/// way to the model's own default.
/// </summary>
internal static class TutorialDefaults
{
    public const int Side = 1024;
    public const decimal Seconds = 5;
    public const string Resolution = "1080p";

    /// <summary>The length that a price by the second counts where nobody says how long a sound is; never sent.</summary>
    public const decimal SoundSeconds = 30;
}
