namespace AtlasActors.BatchFiles;

/// <summary>Finds jobs that would wait for themselves. Pure.</summary>
internal static class JobCircles
{
    /// <summary>
    /// One circle for each knot, every job in it needing the next and the last the first.
    /// <paramref name="needs"/> has for each job the places of those that it needs.
    /// </summary>
    public static IEnumerable<IReadOnlyList<int>> In(IReadOnlyList<IReadOnlyList<int>> needs)
    {
        var stuck = Stuck(needs);
        var seen = new HashSet<int>();
        foreach (var start in stuck.Order())
        {
            // Whoever is stuck needs somebody who is stuck: going on from there ends in a circle.
            var way = new List<int>();
            var places = new Dictionary<int, int>();
            var job = start;
            while (!seen.Contains(job) && places.TryAdd(job, way.Count))
            {
                way.Add(job);
                job = needs[job].First(stuck.Contains);
            }
            if (!seen.Contains(job))
                yield return way[places[job]..];
            seen.UnionWith(way);
        }
    }

    /// <summary>Those that can never begin: what is left when again and again whoever needs nobody is taken away.</summary>
    private static HashSet<int> Stuck(IReadOnlyList<IReadOnlyList<int>> needs)
    {
        var open = needs.Select(parents => parents.Count).ToArray();
        var children = needs.SelectMany((parents, job) => parents.Select(parent => (Parent: parent, Job: job)))
            .ToLookup(pair => pair.Parent, pair => pair.Job);
        var ready = new Queue<int>(Enumerable.Range(0, open.Length).Where(job => open[job] == 0));
        var stuck = Enumerable.Range(0, open.Length).ToHashSet();
        while (ready.TryDequeue(out var job))
        {
            stuck.Remove(job);
            foreach (var child in children[job])
                if (--open[child] == 0) ready.Enqueue(child);
        }
        return stuck;
    }
}
