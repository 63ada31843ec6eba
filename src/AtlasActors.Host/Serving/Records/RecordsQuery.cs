using Dapper;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Records;

/// <summary>Conditions and their values, put together. Texts that somebody sent are values, never part of a statement.</summary>
internal sealed class RecordsQuery
{
    private readonly List<string> _conditions = [];
    private readonly DynamicParameters _values = new();

    public string Where => _conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", _conditions)}";

    public void Add(string condition, params ReadOnlySpan<(string Name, object Value)> values)
    {
        _conditions.Add(condition);
        foreach (var (name, value) in values) _values.Add(name, value);
    }

    public IReadOnlyList<T> Read<T>(SqliteConnection reader, string statement) => reader.Query<T>(statement, _values).AsList();
}
