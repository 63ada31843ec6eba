using System.Text;
using AtlasActors.Host.Serving.Posting;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Posting;

/// <summary>What is kept of requests, and for how long.</summary>
public sealed class RepeatLedgerSpecs : IDisposable
{
    private static readonly RepeatName Name = new("films", "k-1");
    private static readonly Reply Reply = new(201, "application/json", Encoding.UTF8.GetBytes("{}"), "/v1/batches/b-1");

    private readonly TemporaryFolder _folder = new();
    private readonly ShiftedClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_request_that_a_crash_cut_off_is_worked_on_again_with_the_same_id()
    {
        Claim.Ours first, second;
        using (var ledger = Open())
            first = Assert.IsType<Claim.Ours>(ledger.Take(Name, "f"));
        using (var ledger = Open())
            second = Assert.IsType<Claim.Ours>(ledger.Take(Name, "f"));
        Assert.Equal(first, second);
    }

    [Fact]
    public void An_answer_outlasts_the_process_for_a_day()
    {
        using (var ledger = Open())
        {
            ledger.Take(Name, "f");
            ledger.Keep(Name, Reply);
        }
        _clock.PutForward(TimeSpan.FromHours(24));
        using (var ledger = Open())
        {
            var answered = Assert.IsType<Claim.Answered>(ledger.Take(Name, "f"));
            Assert.Equal((201, "/v1/batches/b-1", "{}"), (answered.Reply.Status, answered.Reply.Location, Encoding.UTF8.GetString(answered.Reply.Body)));
            Assert.IsType<Claim.Other>(ledger.Take(Name, "g"));
        }
        _clock.PutForward(TimeSpan.FromHours(2));
        using (var ledger = Open())
            Assert.IsType<Claim.Ours>(ledger.Take(Name, "g"));
    }

    [Fact]
    public void While_it_is_worked_on_nobody_else_is()
    {
        using var ledger = Open();
        ledger.Take(Name, "f");
        Assert.IsType<Claim.Busy>(ledger.Take(Name, "f"));
        Assert.IsType<Claim.Ours>(ledger.Take(Name with { Caller = "others" }, "f"));
        ledger.Release(Name);
        Assert.IsType<Claim.Ours>(ledger.Take(Name, "f"));
    }

    [Fact]
    public void A_file_that_is_no_database_is_told_as_such()
    {
        File.WriteAllText(_folder.File("requests.db"), new string('x', 5000));
        Assert.Contains("requests.db cannot be opened", Assert.Throws<CommandException>(Open).Message, StringComparison.Ordinal);
    }

    private RepeatLedger Open() => RepeatLedger.Open(_folder.File("requests.db"), _clock);
}
