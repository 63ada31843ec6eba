namespace AtlasActors.BatchFiles;

/// <summary>Guesses which known word was meant by an unknown one.</summary>
public static class DidYouMean
{
    /// <summary>The known word that is at most two slips away, one for short words; null when none is near.</summary>
    internal static string? Word(string written, IEnumerable<string> known)
    {
        // A key of a hundred letters is no slip, and comparing it would take long.
        if (written.Length > 40)
            return null;
        var plain = Plain(written);
        return known
            .Select(word => (Word: word, Slips: Slips(plain, word)))
            .Where(guess => guess.Slips <= (guess.Word.Length >= 5 ? 2 : 1))
            .OrderBy(guess => guess.Slips)
            .Select(guess => guess.Word)
            .FirstOrDefault();
    }

    /// <summary>The known id of a model that is at most two slips away; null when none is near.</summary>
    internal static string? Id(string written, IEnumerable<string> known) => written.Length > 200
        ? null
        : known
            .Where(id => Math.Abs(id.Length - written.Length) <= 2)
            .Select(id => (Id: id, Slips: Slips(written, id)))
            .Where(guess => guess.Slips <= 2)
            .OrderBy(guess => guess.Slips)
            .Select(guess => guess.Id)
            .FirstOrDefault();

    /// <summary>The question to the author, or null.</summary>
    public static string? Hint(string written, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(known);
        return Word(written, known) is { } word ? $"did you mean '{word}'?" : null;
    }

    private static string Plain(string written)
    {
        var snake = string.Concat(written.Select((c, i) =>
            char.IsAsciiLetterUpper(c) && i > 0 && char.IsAsciiLetterLower(written[i - 1]) ? "_" + c : c.ToString()));
        return snake.ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
    }

    // Optimal string alignment: a letter too many, too few, wrong, or two changed over, is one slip.
    private static int Slips(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
                cost[i, j] = i == 0 || j == 0 ? i + j : Cheapest(cost, a, b, i, j);
        }

        return cost[a.Length, b.Length];
    }

    private static int Cheapest(int[,] cost, string a, string b, int i, int j)
    {
        var best = Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1;
        best = Math.Min(best, cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
        return i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
            ? Math.Min(best, cost[i - 2, j - 2] + 1)
            : best;
    }
}
