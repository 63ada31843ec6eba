namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>How far a delivery is.</summary>
internal enum DeliveryState
{
    /// <summary>It is to be tried, or tried again.</summary>
    Pending,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>It is not tried again, unless somebody has it redelivered.</summary>
    Failed,
}

/// <summary>An event on its way to its receiver.</summary>
internal sealed record Delivery
{
    /// <summary>It grows with each delivery.</summary>
    public long Number { get; init; }

    /// <summary>The event's.</summary>
    public string Id { get; init; } = "";

    public string Batch { get; init; } = "";

    public long Job { get; init; }

    public string Type { get; init; } = "";

    public string Url { get; init; } = "";

    public string Host { get; init; } = "";

    public byte[] Body { get; init; } = [];

    public long Created { get; init; }

    public string State { get; init; } = "";

    /// <summary>When it is tried next; null where it is not.</summary>
    public long? Next { get; init; }

    /// <summary>How often it was tried since it was made, or since somebody had it redelivered.</summary>
    public long Round { get; init; }
}

/// <summary>A try of a delivery.</summary>
internal sealed record DeliveryTry
{
    public long Delivery { get; init; }

    public long At { get; init; }

    public long? Status { get; init; }

    public string? Error { get; init; }
}

/// <summary>Which deliveries are wanted.</summary>
/// <param name="Batch">Of this batch; of any where it is null.</param>
/// <param name="States">In one of these states; in any where there is none.</param>
internal sealed record DeliveryFilter(string? Batch, IReadOnlyList<DeliveryState> States);

/// <summary>A page of deliveries, the newest first.</summary>
/// <param name="Deliveries">The page.</param>
/// <param name="Next">The cursor of the next page; null after the last.</param>
internal sealed record DeliveryListDocument(IReadOnlyList<DeliveryDocument> Deliveries, string? Next);

/// <summary>A delivery as the HTTP API shows it. Fields are added, never renamed or dropped.</summary>
/// <param name="Id">The event's <c>webhook-id</c>.</param>
/// <param name="Type">What happened.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Job">The job's number; null where it is the batch.</param>
/// <param name="Url">The receiver, without what stands after the path.</param>
/// <param name="State">pending, delivered or failed.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="NextAt">When it is tried next; null where it is not.</param>
/// <param name="Tries">All tries, the first one first.</param>
internal sealed record DeliveryDocument(
    string Id, string Type, string Batch, int? Job, string Url, DeliveryState State, DateTimeOffset CreatedAt,
    DateTimeOffset? NextAt, IReadOnlyList<TryDocument> Tries)
{
    public static DeliveryDocument Of(Delivery delivery, IEnumerable<DeliveryTry> tries) => new(
        delivery.Id, delivery.Type, delivery.Batch, delivery.Job == 0 ? null : (int)delivery.Job,
        WebhookAddress.Shown(delivery.Url), Records.Words.Find<DeliveryState>(delivery.State)!.Value, At(delivery.Created),
        delivery.Next is { } next ? At(next) : null,
        [.. tries.Select(one => new TryDocument(At(one.At), (int?)one.Status, one.Error))]);

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}

/// <summary>A try of a delivery.</summary>
/// <param name="At">When.</param>
/// <param name="Status">What was answered; null where nothing was.</param>
/// <param name="Error">What went wrong; null where it was taken.</param>
internal sealed record TryDocument(DateTimeOffset At, int? Status, string? Error);
