using AtlasActors.Jobs;
using Polly;

namespace AtlasActors.Atlas;

/// <summary>The API over HTTP.</summary>
internal sealed class AtlasApi : IAtlasApi, IDisposable
{
    private readonly ApiExchange _exchange;
    private readonly AtlasResilience _resilience;
    private readonly AnswerReader _reader;
    private readonly PollPaths _paths;
    private readonly TransportFaults _faults;
    private readonly Dictionary<MediaKind, Uri> _submitAddresses;
    private readonly int _maxSubmission;

    /// <param name="options">Where the API is, and with which key.</param>
    /// <param name="time">The clock of all time-outs and waits, but for that of connecting.</param>
    /// <param name="chance">Numbers from 0 to 1, for jitter.</param>
    public AtlasApi(AtlasApiOptions options, TimeProvider time, Func<double> chance)
    {
        // No header can carry it; said here, without showing it, because the HTTP stack's own exception would show it.
        if ((options.ApiKey.Length == 0 && !options.IsWithoutKey) || options.ApiKey.Any(letter => letter is <= ' ' or > '~'))
            throw new ArgumentException("The API key is empty or holds a character that no key has.", nameof(options));
        var texts = new ServerText(options.ApiKey);
        _exchange = new ApiExchange(options, time);
        _resilience = new AtlasResilience(options, time, chance);
        _reader = new AnswerReader(texts);
        _paths = new PollPaths(options.BaseUrl);
        _faults = new TransportFaults(options);
        var root = options.BaseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
        _submitAddresses = Enum.GetValues<MediaKind>().ToDictionary(
            kind => kind, kind => new Uri($"{root}/model/{kind.Endpoint()}"));
        _maxSubmission = options.MaxSubmissionBytes;
        var free = new FreeCalls(_exchange, _resilience, _faults, new FreeAnswerReader(texts));
        Uploads = new AtlasUploads(root, free);
        Inquiries = new AtlasInquiries(root, free, new PublicDocuments(_exchange, _resilience, texts));
    }

    /// <summary>Brings files to Atlas.</summary>
    public IAtlasUploads Uploads { get; }

    /// <summary>Asks for prices, models and money.</summary>
    public IAtlasInquiries Inquiries { get; }

    /// <inheritdoc />
    public async Task<SubmitAnswer> SubmitAsync(MediaKind kind, string body, CancellationToken cancellation)
    {
        using var content = new SentOnceBody(body);
        // Atlas would say so too, but may close the connection before all is sent, and then nobody knows.
        if (content.Length > _maxSubmission)
            return new SubmitAnswer.Rejected(new AtlasFailure(
                $"The job is larger than the {_maxSubmission >> 20} MB that Atlas Cloud takes. "
                + "Upload its inputs first."));
        try
        {
            var answer = await _resilience.Submit.ExecuteAsync(
                static (call, token) => call._exchange.PostAsync(call.address, call.content, token),
                (_exchange, address: _submitAddresses[kind], content),
                cancellation);
            var read = _reader.ReadSubmit(answer);
            return read is SubmitAnswer.Accepted taken ? taken with { Prediction = _paths.Kept(taken.Prediction) } : read;
        }
        catch (Exception fault) when (TransportFaults.Covers(fault))
        {
            return _faults.OfSubmit(fault, content.Begun);
        }
    }

    /// <inheritdoc />
    public async Task<PollAnswer> PollAsync(Prediction prediction, CancellationToken cancellation)
    {
        PollAnswer? miss = null;
        var ways = _paths.For(prediction);
        for (var way = 0; way < ways.Count; way++)
        {
            var (path, address) = ways[way];
            var answer = await AskAsync(address, cancellation);
            if (answer is PollAnswer.NotFound or PollAnswer.KeyRefused)
            {
                // A wrong path answers 401 like a wrong key does; so one 404 says more than any number of them.
                if (miss is not PollAnswer.NotFound)
                    miss = answer;
                continue;
            }
            if (AnswerReader.TellsOfTheJob(answer))
                _paths.Remember(path);
            return answer;
        }
        return miss!;
    }

    public void Dispose() => _exchange.Dispose();

    private async Task<PollAnswer> AskAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            var answer = await _resilience.Poll.ExecuteAsync(
                static (call, token) => call._exchange.GetAsync(call.address, token),
                (_exchange, address),
                cancellation);
            return _reader.ReadPoll(answer);
        }
        catch (Exception fault) when (TransportFaults.Covers(fault))
        {
            return _faults.OfPoll(fault);
        }
    }
}
