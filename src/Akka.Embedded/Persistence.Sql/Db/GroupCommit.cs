namespace Akka.Persistence.Sql.Db;

/// <summary>
/// One thread that writes for all: whatever waits when it comes round goes into one transaction, so that many
/// actors share one flush of the disk. Nobody waits for a group to fill. A write that fails by its own fault
/// fails alone; one that fails by the store's fails with its group.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private readonly SqlDialect _dialect;
    private readonly object _gate = new();
    private readonly Thread _writer;
    private List<Write> _waiting = [];
    private SqlSession? _session;
    private bool _closed;

    public GroupCommit(SqlDialect dialect)
    {
        _dialect = dialect;
        _writer = new Thread(Run) { IsBackground = true, Name = "sql-journal-writer" };
        _writer.Start();
    }

    /// <summary>Completes when the work is committed, or fails with the reason why it is not.</summary>
    public Task Enqueue(Action<SqlSession> work)
    {
        var write = new Write(work);
        lock (_gate)
        {
            if (_closed)
                return Task.FromException(new ObjectDisposedException(nameof(GroupCommit), "The SQL store is closed."));
            _waiting.Add(write);
            Monitor.Pulse(_gate);
        }

        return write.Done.Task;
    }

    /// <summary>Commits what waits, then ends the thread and its connection.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }

        _writer.Join();
    }

    private void Run()
    {
        while (NextGroup() is { } group)
            Commit(group);
        _session?.Dispose();
    }

    private List<Write>? NextGroup()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closed)
                Monitor.Wait(_gate);
            if (_waiting.Count == 0)
                return null;
            var group = _waiting;
            _waiting = [];
            return group;
        }
    }

    private void Commit(List<Write> group)
    {
        try
        {
            _session ??= new SqlSession(_dialect.OpenWriter());
            if (!CommitTogether(_session, group))
                CommitEachThatCan(_session, group);
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to those who wait; the next group opens anew.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            CloseSession();
            var described = _dialect.Describe(fault);
            group.ForEach(write => write.Done.TrySetException(described));
        }
    }

    private bool CommitTogether(SqlSession session, List<Write> group)
    {
        session.Begin();
        try
        {
            foreach (var write in group)
                write.Work(session);
        }
        catch (Exception fault) when (_dialect.IsFaultOfOneWrite(fault))
        {
            session.Rollback();
            return false;
        }

        session.Commit();
        group.ForEach(write => write.Done.TrySetResult());
        return true;
    }

    private void CommitEachThatCan(SqlSession session, List<Write> group)
    {
        var written = new List<Write>();
        session.Begin();
        foreach (var write in group)
        {
            try
            {
                session.InSavepoint(() => write.Work(session));
                written.Add(write);
            }
            catch (Exception fault) when (_dialect.IsFaultOfOneWrite(fault))
            {
                write.Done.TrySetException(_dialect.Describe(fault));
            }
        }

        session.Commit();
        written.ForEach(write => write.Done.TrySetResult());
    }

    private void CloseSession()
    {
        try
        {
            _session?.Dispose();
        }
#pragma warning disable CA1031 // The session is given up because of an earlier fault, which is the one to report.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        _session = null;
    }

    private sealed record Write(Action<SqlSession> Work)
    {
        // The waiting actors go on elsewhere: the writer's thread is for writing.
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
