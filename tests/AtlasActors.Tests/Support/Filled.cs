using System.Reflection;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;
using AtlasActors.Costs;

namespace AtlasActors.Tests.Support;

/// <summary>
/// Makes something of a type by its constructor and its properties, whatever they are called: so that a specification holds
/// for what a record gets next year, too.
/// </summary>
/// <param name="isWhole">Whether all is filled in, or only what must be.</param>
internal sealed class Filled(bool isWhole)
{
    private readonly NullabilityInfoContext _nullability = new();
    private int _count;

    public static object With(Type type, bool isWhole) => new Filled(isWhole).Of(type);

    private object Of(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? Of(inner)
        : type.IsEnum ? type.GetEnumValues().GetValue(isWhole ? type.GetEnumValues().Length - 1 : 0)!
        : Plain(type) ?? Collection(type) ?? Record(type);

    private object? Plain(Type type)
    {
        var number = isWhole ? ++_count : 0;
        return type switch
        {
            _ when type == typeof(string) => isWhole ? $"text {number}: \"ü\" <名> \u2028\ud83d\ude00" : "",
            _ when type == typeof(int) => number,
            _ when type == typeof(long) => number * 10_000_000_000L,
            _ when type == typeof(bool) => isWhole,
            _ when type == typeof(double) => number / 3.0,
            _ when type == typeof(decimal) => number * 1.10m,
            _ when type == typeof(TimeSpan) => TimeSpan.FromMilliseconds(number * 1001),
            _ when type == typeof(DateOnly) => DateOnly.FromDateTime(Some.Time.UtcDateTime).AddDays(number),
            _ when type == typeof(DateTimeOffset) => isWhole ? Some.Time.AddMilliseconds(number) : default,
            _ when type == typeof(Usd) => new Usd(number * 0.0100m),
            _ when type == typeof(BatchId) => BatchId.Parse($"b{number}"),
            _ when type == typeof(WebhookToken) => WebhookToken.New(count => new byte[count]),
            _ => null,
        };
    }

    private object? Collection(Type type)
    {
        if (!type.IsGenericType) return null;
        var inner = type.GetGenericArguments();
        var count = isWhole ? 2 : 0;
        if (type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var items = Array.CreateInstance(inner[0], count);
            for (var at = 0; at < count; at++) items.SetValue(Of(inner[0]), at);
            return items;
        }
        if (type.GetGenericTypeDefinition() != typeof(IReadOnlyDictionary<,>)) return null;
        var entries = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(inner))!;
        for (var at = 0; at < count; at++) entries.Add(Of(inner[0]), Of(inner[1]));
        return entries;
    }

    private object Record(Type type)
    {
        var constructor = type.GetConstructors().Single();
        var made = constructor.Invoke(
            [.. constructor.GetParameters().Select(one => MayBeLeft(_nullability.Create(one)) ? null : Of(one.ParameterType))]);
        var taken = constructor.GetParameters().Select(one => one.Name).ToHashSet();
        foreach (var property in type.GetProperties().Where(one => one.CanWrite && !taken.Contains(one.Name)))
            if (!MayBeLeft(_nullability.Create(property)))
                property.SetValue(made, Of(property.PropertyType));
        return made;
    }

    private bool MayBeLeft(NullabilityInfo info) => !isWhole && info.WriteState == NullabilityState.Nullable;
}
