using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Records;

/// <summary>Writing jobs, with the files they made and what they cost.</summary>
internal sealed class JobTable : IDisposable
{
    private readonly Dictionary<string, long> _models = new(StringComparer.Ordinal);
    private readonly Statement _find;
    private readonly Statement _put;
    private readonly Statement _putModel;
    private readonly Statement _findModel;
    private readonly Statement _putFile;
    private readonly Statement _dropFile;
    private readonly Statement _count;

    public JobTable(SqliteConnection file)
    {
        _find = new Statement(file, """
            SELECT jobs.number, jobs.name, kind, models.name, stage, since, attempts, revision, cost, generation, prediction,
              output_url, files, days, error, error_code, why
            FROM jobs JOIN models ON models.number = jobs.model WHERE batch = @0 AND jobs.number = @1
            """, 2);
        _put = new Statement(file, """
            INSERT OR REPLACE INTO jobs VALUES
              (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16, @17, @18)
            """, 19);
        _findModel = new Statement(file, "SELECT number FROM models WHERE name = @0", 1);
        _putModel = new Statement(file, "INSERT INTO models (name) VALUES (@0)", 1);
        _putFile = new Statement(file, "INSERT OR REPLACE INTO files VALUES (@0, @1, @2, @3)", 4);
        _dropFile = new Statement(file, "DELETE FROM files WHERE batch = @0 AND path = @1", 2);
        _count = new Statement(file, """
            INSERT INTO costs VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9)
            ON CONFLICT DO UPDATE SET submissions = submissions + excluded.submissions, charges = charges + excluded.charges,
              untold = untold + excluded.untold, charged = charged + excluded.charged,
              unconfirmed = unconfirmed + excluded.unconfirmed, reserved = reserved + excluded.reserved,
              in_doubt = in_doubt + excluded.in_doubt
            """, 10);
    }

    public JobRow? Find(SqliteTransaction transaction, long batch, long number) =>
        _find.FindRow(transaction, Read, batch, number);

    /// <summary>Puts a job in the place of what it was before, or null.</summary>
    public void Put(SqliteTransaction transaction, long batch, JobRow? before, JobRow job, long changed)
    {
        var model = ModelOf(transaction, job.Model);
        _put.Run(
            transaction, batch, job.Number, job.Name, job.Kind, model, job.Stage, job.Since, job.Attempts, job.Revision,
            job.Cost, job.Generation, job.Prediction, job.OutputUrl, job.Files, job.Days, job.Error, job.ErrorCode, job.Why,
            changed);
        if (before?.Files != job.Files) PutFiles(transaction, batch, before, job);
        if (before?.Days == job.Days) return;
        Count(transaction, batch, model, before, -1);
        Count(transaction, batch, model, job, 1);
    }

    /// <summary>After a transaction that came to nothing: what it made is not there.</summary>
    public void Forget() => _models.Clear();

    public void Dispose()
    {
        foreach (var statement in new[] { _find, _put, _putModel, _findModel, _putFile, _dropFile, _count })
            statement.Dispose();
    }

    private static JobRow Read(SqliteDataReader row) => new()
    {
        Number = row.GetInt64(0), Name = row.GetString(1), Kind = row.GetString(2), Model = row.GetString(3),
        Stage = row.GetString(4), Since = row.GetInt64(5), Attempts = row.GetInt64(6), Revision = row.GetInt64(7),
        Cost = row.GetInt64(8), Generation = row.Number(9), Prediction = row.Text(10), OutputUrl = row.Text(11),
        Files = row.Text(12), Days = row.Text(13), Error = row.Text(14), ErrorCode = row.Text(15), Why = row.Text(16),
    };

    private void PutFiles(SqliteTransaction transaction, long batch, JobRow? before, JobRow job)
    {
        foreach (var file in before?.ReadFiles() ?? [])
            _dropFile.Run(transaction, batch, file.Path);
        foreach (var file in job.ReadFiles())
            _putFile.Run(transaction, batch, file.Path, file.Bytes, file.Sha256);
    }

    private void Count(SqliteTransaction transaction, long batch, long model, JobRow? job, int sign)
    {
        foreach (var day in job?.ReadDays() ?? [])
            _count.Run(
                transaction, batch, day.Day.ToString("O"), model, sign * day.Submissions, sign * day.Charges, sign * day.Untold,
                sign * day.Charged.Kept(), sign * day.Unconfirmed.Kept(), sign * day.Reserved.Kept(), sign * day.InDoubt.Kept());
    }

    private long ModelOf(SqliteTransaction transaction, string name)
    {
        if (_models.TryGetValue(name, out var known)) return known;
        if (_findModel.Find(transaction, name) is not long number)
        {
            _putModel.Run(transaction, name);
            number = (long)_findModel.Find(transaction, name)!;
        }
        return _models[name] = number;
    }
}
