using System.Net;
using System.Text;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas.Webhooks;

public sealed class JwksKeysSpecs : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Signer First = Signer.Of("k1");
    private static readonly Signer Second = Signer.Of("k2");

    private readonly VirtualTime _time = new();
    private readonly ScriptedKeys _atlas = new();
    private readonly JwksKeys _keys;

    public JwksKeysSpecs() => _keys = new JwksKeys(new Uri("https://api.example/api/v1/"), _time, _atlas);

    [Fact]
    public async Task A_key_is_fetched_once_and_kept()
    {
        _atlas.Publish(First, Second);
        Assert.True(await HasAsync("k1"));
        Assert.True(await HasAsync("k2"));
        Assert.True(await HasAsync("k1"));
        Assert.Equal(["https://api.example/api/v1/webhooks/jwks.json"], _atlas.Asked);
    }

    [Fact]
    public async Task An_unknown_key_has_them_fetched_again_once_a_minute_at_most()
    {
        _atlas.Publish(First);
        Assert.True(await HasAsync("k1"));
        _atlas.Publish(First, Second);
        Assert.IsType<KeyLookup.Unknown>(await FindAsync("k2"));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.IsType<KeyLookup.Unknown>(await FindAsync("k2"));
        Assert.Single(_atlas.Asked);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await HasAsync("k2"));
        for (var i = 0; i < 20; i++) Assert.IsType<KeyLookup.Unknown>(await FindAsync($"other {i}"));
        Assert.Equal(2, _atlas.Asked.Count);
    }

    [Fact]
    public async Task However_many_ask_one_fetch_serves_them_all()
    {
        _atlas.Publish(First);
        var held = _atlas.Hold();
        var asking = Enumerable.Range(0, 20).Select(_ => FindAsync("k1")).ToList();
        using var impatient = new CancellationTokenSource();
        var leaving = _keys.FindAsync("k1", impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving.WaitAsync(Patience));
        held.SetResult();
        Assert.All(await Task.WhenAll(asking).WaitAsync(Patience), lookup => Assert.IsType<KeyLookup.Found>(lookup));
        Assert.Single(_atlas.Asked);
    }

    [Fact]
    public async Task When_Atlas_cannot_be_asked_what_is_known_still_counts()
    {
        _atlas.Publish(First);
        Assert.True(await HasAsync("k1"));
        _atlas.Answer = () => throw new HttpRequestException("no");
        _time.Advance(TimeSpan.FromDays(2));
        Assert.True(await HasAsync("k1"));
        Assert.IsType<KeyLookup.Unreachable>(await FindAsync("k2"));
        Assert.Equal(2, _atlas.Asked.Count);
    }

    [Fact]
    public async Task A_key_that_was_withdrawn_counts_for_a_day()
    {
        _atlas.Publish(First, Second);
        Assert.True(await HasAsync("k2"));
        _atlas.Publish(First);
        _time.Advance(TimeSpan.FromHours(23));
        Assert.True(await HasAsync("k2"));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.IsType<KeyLookup.Unknown>(await FindAsync("k2"));
        Assert.True(await HasAsync("k1"));
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_given_up()
    {
        _atlas.Publish(First);
        _atlas.Hold();
        var lookup = await _time.RunAsync(FindAsync("k1"), TimeSpan.FromSeconds(10));
        Assert.IsType<KeyLookup.Unreachable>(lookup);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "<html>")]
    [InlineData(200, "null")]
    [InlineData(200, """{"keys":{}}""")]
    [InlineData(200, """{"\ud800":[]}""")]
    [InlineData(302, """{"keys":[]}""")]
    [InlineData(401, """{"code":401}""")]
    [InlineData(500, """{"keys":[]}""")]
    public async Task What_is_no_key_set_is_no_answer(int status, string body)
    {
        _atlas.Answer = () => Answered(status, body);
        Assert.IsType<KeyLookup.Unreachable>(await FindAsync("k1"));
    }

    [Fact]
    public async Task A_document_without_end_is_not_read()
    {
        _atlas.Answer = () => Answered(200, $$"""{"keys":[{{First.Jwk}}],"x":"{{new string(' ', 70_000)}}"}""");
        Assert.IsType<KeyLookup.Unreachable>(await FindAsync("k1"));
    }

    [Fact]
    public async Task Keys_of_other_kinds_and_what_is_no_key_are_left_out()
    {
        var x = Signer.Text(First.PublicKey);
        string[] others =
        [
            "7", "null", "[]", "{}", $$"""{"kty":"RSA","kid":"a","n":"{{x}}","e":"AQAB"}""",
            $$"""{"kty":"OKP","crv":"X25519","kid":"b","x":"{{x}}"}""", $$"""{"kty":"OKP","crv":"Ed25519","kid":"c","x":"{{x}}","use":"enc"}""",
            """{"kty":"OKP","crv":"Ed25519","kid":"d","x":"AAAA"}""", $$"""{"kty":"OKP","crv":"Ed25519","kid":5,"x":"{{x}}"}""",
            $$"""{"kty":"OKP","crv":"Ed25519","kid":"e","x":"{{Signer.Text(new byte[32])}}"}""",
        ];
        _atlas.Answer = () => Answered(200, $$"""{"keys":[{{string.Join(',', others)}},{{First.Jwk}}]}""");
        foreach (var name in "abcde") Assert.IsType<KeyLookup.Unknown>(await FindAsync($"{name}"));
        Assert.True(await HasAsync("k1"));
    }

    public void Dispose() => _keys.Dispose();

    private Task<KeyLookup> FindAsync(string keyId) => _keys.FindAsync(keyId, default).WaitAsync(Patience);

    private async Task<bool> HasAsync(string keyId) => await FindAsync(keyId) is KeyLookup.Found;

    private static HttpResponseMessage Answered(int status, string body) =>
        new((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };

    /// <summary>Atlas's address of keys.</summary>
    private sealed class ScriptedKeys : HttpMessageHandler
    {
        private Task _held = Task.CompletedTask;

        public List<string> Asked { get; } = [];

        public Func<HttpResponseMessage> Answer { get; set; } = () => Answered(404, "");

        public void Publish(params Signer[] signers) => Answer = () => Answered(200, Signer.Jwks(signers));

        /// <summary>No answer before this is over.</summary>
        public TaskCompletionSource Hold()
        {
            var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _held = held.Task;
            return held;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (Asked) Asked.Add(request.RequestUri!.ToString());
            await _held.WaitAsync(cancellationToken);
            return Answer();
        }
    }
}
