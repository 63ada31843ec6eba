using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Serving.Retention;

/// <summary>How long a service keeps what it could do without: <c>atlas-service.retention</c>.</summary>
internal sealed record RetentionSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "retention";

    private const string Keep = "keep";

    /// <summary>
    /// How long after a batch's end its journal has every event; then one snapshot stands for them. Null: for ever.
    /// Nothing that can be asked of a batch is lost by it: set it where the journal must not grow by what is over.
    /// </summary>
    public TimeSpan? Events { get; init; }

    /// <summary>
    /// How long after a batch's end the files are kept that it made, and those that were sent along with it. Null: for
    /// ever. Set it where whoever submits fetches what was made; what is removed cannot be had again.
    /// </summary>
    public TimeSpan? Outputs { get; init; }

    /// <summary>
    /// How long the log of webhooks has a delivery that came to its end, 30 days; for so long it can be redelivered.
    /// </summary>
    public TimeSpan Deliveries { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long rounds rest when there was nothing left to be done, an hour.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Reads them; what a key does not say is as by default.</summary>
    public static RetentionSettings Read(SectionReader section)
    {
        section.KnowOnly("events", "outputs", "deliveries", "every");
        var usual = new RetentionSettings();
        return new RetentionSettings
        {
            Events = For(section, "events"),
            Outputs = For(section, "outputs"),
            Deliveries = section.Duration("deliveries") ?? usual.Deliveries,
            Every = section.Duration("every") ?? usual.Every,
        };
    }

    private static TimeSpan? For(SectionReader section, string key) =>
        section.Text(key) == Keep ? null : section.Duration(key, Keep);
}
