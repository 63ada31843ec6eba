using AtlasActors.Host.Tests.EndToEnd.Support;

namespace AtlasActors.Host.Tests.Faults;

/// <summary>Decides by lot what happens at a moment. The lot of a moment follows from the seed and the moment alone.</summary>
internal sealed class FaultPlan(LabOrder order)
{
    private const string Json = "application/json";
    private const string Page = "text/html";
    private const string GatewayPage = "<html><head><title>502 Bad Gateway</title></head><body>cloudflare</body></html>";

    private const string Expired = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";

    // None of these tells whether the job was taken.
    private static readonly Deed[] LostAnswers =
    [
        Deed.Cut, Deed.Hang, new Deed.Say(502, Page, GatewayPage), new Deed.Say(200, Json, "{\"code\":200,\"data\":{"),
        new Deed.Say(200, Json, "{}"), new Deed.Say(500, "text/plain", "oops"), new Deed.Say(504, Page, GatewayPage),
    ];

    // These say that it was not.
    private static readonly Deed[] Refusals =
    [
        new Deed.Say(429, Json, "{\"code\":429,\"msg\":\"too many requests\",\"data\":null}"),
        new Deed.Say(500, Json, "{\"code\":500,\"msg\":\"internal error\",\"request_id\":\"r1\",\"data\":null}"),
        new Deed.Say(503, Json, "{\"code\":503,\"msg\":\"temporarily unavailable\",\"data\":null}"),
        new Deed.Say(200, Json, "{\"code\":429,\"msg\":\"slow down\",\"data\":null}"),
    ];

    private static readonly Deed[] SilentPolls =
    [
        Deed.Cut, Deed.Hang, new Deed.Say(502, Page, GatewayPage), new Deed.Say(429, Json, "{\"code\":429,\"msg\":\"slow\",\"data\":null}"),
        new Deed.Say(200, Json, "[]"), new Deed.Say(200, Json, "{\"code\":200,"), new Deed.Say(404, Json, "{\"code\":404,\"msg\":\"not found\",\"data\":null}"),
        new Deed.Say(500, "text/plain", "oops"), new Deed.Say(200, Json, "{\"code\":429,\"msg\":\"slow down\",\"data\":null}"),
        new Deed.Say(500, Json, "{\"code\":500,\"msg\":\"internal error\",\"data\":null}"),
    ];

    private static readonly Deed[] BadDownloads =
    [
        Deed.Cut, Deed.Hang, new Deed.Say(404, Page, "<html>gone</html>"), new Deed.Say(403, "application/xml", Expired),
        new Deed.Say(500, Page, GatewayPage), new Deed.Say(200, Page, "<html>sign in</html>"),
        new Deed.Say(200, "image/png", ""), new Deed.Say(429, Page, "slow"),
    ];

    /// <summary>What is done; and whether the answer to a submission is lost by it.</summary>
    public (Deed Deed, bool IsLost) At(Moment moment)
    {
        var chance = Lot((int)moment.Kind, moment.Number, (int)moment.Point);
        var lot = chance.NextDouble();
        switch (moment)
        {
            case { Kind: RequestKind.Submission, Point: Point.Taken } when lot < order.CutRate:
                return (Any(LostAnswers, chance), true);
            case { Kind: RequestKind.Submission, Point: Point.Arrived } when lot < order.FaultRate:
                // A request that breaks off before the server has done anything looks no different from outside.
                return chance.Next(4) == 0 ? (Any(LostAnswers, chance), true) : (Any(Refusals, chance), false);
            case { Kind: RequestKind.Poll, Point: Point.Arrived } when lot < order.FaultRate:
                return (Any(SilentPolls, chance), false);
            case { Kind: RequestKind.Download, Point: Point.Arrived } when lot < order.FaultRate:
                return (Any(BadDownloads, chance), false);
            case { Kind: RequestKind.Download, Point: Point.Half } when lot < order.FaultRate:
                return (chance.Next(3) == 0 ? Deed.Hang : Deed.Cut, false);
            default:
                return (Deed.PassOn, false);
        }
    }

    /// <summary>Chance for something that happens once, such as how the third run ends.</summary>
    public Random Lot(params ReadOnlySpan<int> what)
    {
        var hash = 17;
        hash = (hash * 31) + order.Seed;
        foreach (var part in what) hash = unchecked((hash * 486_187_739) + part + 1);
        return new Random(hash);
    }

    private static Deed Any(Deed[] deeds, Random chance) => deeds[chance.Next(deeds.Length)];
}
