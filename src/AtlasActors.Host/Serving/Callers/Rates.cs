using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Host.Serving.Callers;

/// <summary>
/// How much of the service one caller may have: a bucket for each key, or for each address where there is no key.
/// </summary>
internal sealed class Rates(ServiceLimits limits) : IDisposable
{
    private readonly List<IDisposable> _former = [];
    private volatile PartitionedRateLimiter<string> _requests = Buckets(limits.Requests);
    private volatile PartitionedRateLimiter<string> _submissions = Buckets(limits.Submissions);

    private readonly PartitionedRateLimiter<string> _wrongKeys = PartitionedRateLimiter.Create<string, string>(
        place => RateLimitPartition.GetFixedWindowLimiter(
            place, _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = limits.WrongKeysPerMinute, Window = TimeSpan.FromMinutes(1),
            }));

    /// <summary>One request more; a problem with status 429 where that is one too many.</summary>
    public void TakeRequest(HttpContext context, Caller? caller) => Take(
        context, _requests, Who(context, caller), "Too many requests at once: ask again later, and less often.");

    /// <summary>One batch file more.</summary>
    public void TakeSubmission(HttpContext context, Caller caller) => Take(
        context, _submissions, Who(context, caller), "Too many batch files at once: send the next one later.");

    /// <summary>
    /// One wrong key more. Only wrong ones are counted, and a right one is let in however many there were: else whoever
    /// shares an address with others, as all behind a proxy do, could shut them out.
    /// </summary>
    public void TakeWrongKey(HttpContext context) => Take(
        context, _wrongKeys, Place(context.Connection.RemoteIpAddress), "Too many wrong keys came from there.");

    /// <summary>These hold from now on, with everybody's bucket full.</summary>
    public void Use(ServiceLimits limits)
    {
        lock (_former)
        {
            // Somebody may be at one of the last; nobody is at one before.
            _former.ForEach(limiter => limiter.Dispose());
            _former.Clear();
            _former.AddRange([_requests, _submissions]);
            (_requests, _submissions) = (Buckets(limits.Requests), Buckets(limits.Submissions));
        }
    }

    public void Dispose()
    {
        _former.ForEach(limiter => limiter.Dispose());
        _requests.Dispose();
        _submissions.Dispose();
        _wrongKeys.Dispose();
    }

    private static void Take(HttpContext context, PartitionedRateLimiter<string> limiter, string who, string sentence)
    {
        using var lease = limiter.AttemptAcquire(who);
        if (lease.IsAcquired)
            return;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.Response.Headers.RetryAfter =
            Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
        throw new ProblemException(StatusCodes.Status429TooManyRequests, sentence);
    }

    private static PartitionedRateLimiter<string> Buckets(Rate rate) => PartitionedRateLimiter.Create<string, string>(
        who => RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = rate.Burst,
            // At less than one a second, one comes in several.
            TokensPerPeriod = (int)Math.Max(1, rate.PerSecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 1 / rate.PerSecond)),
        }));

    private static string Who(HttpContext context, Caller? caller) =>
        caller is { Name.Length: > 0 } ? $"key {caller.Name}" : Place(context.Connection.RemoteIpAddress);

    /// <summary>
    /// The address; of IPv6 the network, for a single machine there has as many addresses as it likes.
    /// </summary>
    private static string Place(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
