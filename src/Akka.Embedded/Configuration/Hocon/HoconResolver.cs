namespace Akka.Configuration.Hocon;

/// <summary>Gives each substitution its value: from the tree, or else from the environment.</summary>
internal static class HoconResolver
{
    public static void Resolve(HoconValue root, IReadOnlyCollection<HoconSubstitution> substitutions)
    {
        var config = root.ToConfig();
        var open = substitutions.ToList();
        int before;
        do
        {
            // One substitution may lead through another, so it takes rounds until none is newly found.
            before = open.Count;
            open.RemoveAll(s => (s.ResolvedValue = config.GetValue(s.Path)) is not null);
        }
        while (open.Count > 0 && open.Count < before);

        foreach (var substitution in open)
            substitution.ResolvedValue = FromEnvironment(substitution);

        var done = new HashSet<HoconSubstitution>();
        foreach (var substitution in substitutions)
            RefuseCycle(substitution, [], done);
        if (open.Count > 0 && root.GetObject() is { } top)
            RemoveMissing(top);
    }

    private static void RemoveMissing(HoconObject holder)
    {
        foreach (var (key, value) in holder.Items.ToList())
        {
            if (value.Values.TrueForAll(v => v is HoconSubstitution { ResolvedValue: null }))
                holder.Items.Remove(key);
            value.Values.OfType<HoconObject>().ToList().ForEach(RemoveMissing);
        }
    }

    private static HoconValue? FromEnvironment(HoconSubstitution substitution)
    {
        if (Environment.GetEnvironmentVariable(substitution.Path) is { } text)
            return HoconValue.OfText(text);
        return substitution.Optional
            ? substitution.Before
            : throw new ConfigurationException($"Unresolved substitution: {substitution.Path} ({substitution.Place})");
    }

    private static void RefuseCycle(
        HoconSubstitution substitution, HashSet<HoconSubstitution> under, HashSet<HoconSubstitution> done)
    {
        if (!under.Add(substitution))
            throw new ConfigurationException($"{substitution.Path} refers to itself ({substitution.Place})");
        if (done.Add(substitution) && substitution.ResolvedValue is { } value)
            Visit(value, under, done);
        under.Remove(substitution);
    }

    private static void Visit(HoconValue value, HashSet<HoconSubstitution> under, HashSet<HoconSubstitution> done)
    {
        foreach (var element in value.Values)
        {
            if (element is HoconSubstitution substitution)
                RefuseCycle(substitution, under, done);
            else if (element is HoconObject members)
                members.Items.Values.ToList().ForEach(v => Visit(v, under, done));
            else if (element is HoconArray array)
                array.ForEach(v => Visit(v, under, done));
        }
    }
}
