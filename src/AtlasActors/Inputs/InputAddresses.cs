using AtlasActors.Atlas;

namespace AtlasActors.Inputs;

/// <summary>An address at which Atlas was given something, and when it was last known to be good.</summary>
internal sealed record KnownAddress(string Url, DateTimeOffset At);

/// <summary>What came of bringing one input to Atlas: exactly one of the nested kinds.</summary>
internal abstract record InputAnswer
{
    private InputAnswer() { }

    /// <summary>It is there. <paramref name="IsNew"/>: it was uploaded just now.</summary>
    public sealed record There(string Url, bool IsNew) : InputAnswer;

    /// <summary>Atlas does not have what the job made any more: the file is to be uploaded.</summary>
    public sealed record Expired : InputAnswer;

    /// <summary>It may be tried again.</summary>
    public sealed record NotNow(AtlasFailure Failure, TimeSpan? RetryAfter) : InputAnswer;

    /// <summary>It would fail again.</summary>
    public sealed record Never(InputsFailed Why) : InputAnswer;
}

/// <summary>
/// Brings single inputs to Atlas. An address is trusted for an hour after it was given: the least time for which Atlas
/// keeps anything. After that it is looked at before it is used again.
/// </summary>
internal sealed class InputAddresses(IAtlasApi api, IAtlasUploads uploads, IOutputDownloads downloads)
{
    /// <summary>The shortest time that Atlas's <c>X-AtlasCloud-Object-Expiration-Hours</c> can say.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromHours(1);

    /// <summary>Where Atlas has what a job made.</summary>
    public async Task<InputAnswer> OfOutputAsync(
        InputSource.Output output, DateTimeOffset now, CancellationToken cancellation)
    {
        switch (await api.PollAsync(output.Prediction, cancellation).ConfigureAwait(false))
        {
            case PollAnswer.KeyRefused refused:
                return new InputAnswer.Never(new InputsFailed(refused.Failure, Batches.HaltReason.KeyRefused));
            case PollAnswer.Completed { Outputs: [var url, ..] } when url.StartsWith("http", StringComparison.OrdinalIgnoreCase):
                var isGood = now - output.AcceptedAt < Trust
                    || await downloads.IsThereAsync(url, cancellation).ConfigureAwait(false);
                return isGood ? new InputAnswer.There(url, IsNew: false) : new InputAnswer.Expired();
            default:
                return new InputAnswer.Expired();
        }
    }

    /// <summary>Where Atlas has a file: at the address of before if that is still good, else it is uploaded.</summary>
    public async Task<InputAnswer> OfFileAsync(
        InputFile file, KnownAddress? known, DateTimeOffset now, CancellationToken cancellation)
    {
        if (known is not null && (now - known.At < Trust || await downloads.IsThereAsync(known.Url, cancellation).ConfigureAwait(false)))
            return new InputAnswer.There(known.Url, IsNew: false);
        try
        {
            var content = File.OpenRead(file.Path);
            await using (content.ConfigureAwait(false))
            {
                var answer = await uploads
                    .UploadAsync(content, Path.GetFileName(file.Path), file.ContentType, cancellation).ConfigureAwait(false);
                return After(answer, file.Path);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Never($"The input {file.Path} cannot be read: {fault.Message.TrimEnd('.')}.");
        }
    }

    public static InputAnswer.Never Never(string why) => new(new InputsFailed(new AtlasFailure(why)));

    private static InputAnswer After(FreeAnswer<UploadedFile> answer, string path) => answer switch
    {
        FreeAnswer<UploadedFile>.Told told => new InputAnswer.There(told.Value.Url, IsNew: true),
        FreeAnswer<UploadedFile>.Refused a => new InputAnswer.Never(new InputsFailed(
            a.Failure with { Message = $"The input {path} was not taken: {a.Failure.Message}" })),
        FreeAnswer<UploadedFile>.KeyRefused a => new InputAnswer.Never(new InputsFailed(a.Failure, Batches.HaltReason.KeyRefused)),
        FreeAnswer<UploadedFile>.OutOfBalance a => new InputAnswer.Never(new InputsFailed(a.Failure, Batches.HaltReason.OutOfBalance)),
        FreeAnswer<UploadedFile>.Unanswered a => new InputAnswer.NotNow(a.Failure, a.RetryAfter),
        _ => throw new NotSupportedException($"No rule for {answer.GetType().Name}."),
    };
}
