namespace AtlasActors.Simulator.Pictures;

/// <summary>The prompt and the model's name, on a dark panel at the foot of a picture.</summary>
internal static class Caption
{
    private const int LineRows = BitmapFont.Rows + 2;
    private const int Advance = BitmapFont.Columns + 1;

    public static void Paint(Canvas canvas, string prompt, string model, Rgb accent)
    {
        var margin = Math.Min(canvas.Width, canvas.Height) / 24;
        var width = canvas.Width - 4 * margin;
        if (width < 8 * Advance) return;
        var (scale, lines) = Fit(Flatten(prompt), width, canvas.Height * 2 / 5);
        var small = Math.Max(scale * 2 / 3, canvas.Height / 500);
        small = Math.Max(1, Math.Min(small, width / (Advance * Math.Max(1, model.Length))));
        var label = Shorten(model, width / (Advance * small));

        var height = (lines.Count * scale + small) * LineRows;
        var top = canvas.Height - 2 * margin - height;
        canvas.Panel(
            margin, top - margin, canvas.Width - margin, canvas.Height - margin, margin, Rgb.Black, 0.66);
        foreach (var line in lines)
        {
            BitmapFont.Draw(canvas, line, 2 * margin, top, scale, Rgb.White);
            top += LineRows * scale;
        }

        BitmapFont.Draw(canvas, label, 2 * margin, top + small, small, accent);
    }

    /// <summary>The largest letters in which the text fits; in the smallest, its beginning.</summary>
    public static (int Scale, IReadOnlyList<string> Lines) Fit(string text, int width, int height)
    {
        for (var scale = Math.Max(1, width / (Advance * 20)); scale > 1; scale--)
        {
            var lines = Wrap(text, width / (Advance * scale));
            if (lines.Count * LineRows * scale <= height) return (scale, lines);
        }

        var columns = width / Advance;
        var all = Wrap(text, columns);
        var room = Math.Max(1, height / LineRows);
        return all.Count <= room ? (1, all) : (1, [.. all.Take(room - 1), Shorten(all[room - 1] + "...", columns)]);
    }

    private static List<string> Wrap(string text, int columns)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            if (line.Length > 0 && line.Length + 1 + rest.Length <= columns)
            {
                line += " " + rest;
                continue;
            }

            if (line.Length > 0) lines.Add(line);
            for (; rest.Length > columns; rest = rest[columns..]) lines.Add(rest[..columns]);
            line = rest;
        }

        lines.Add(line);
        return lines;
    }

    private static string Flatten(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));

    private static string Shorten(string text, int columns) =>
        text.Length <= columns ? text : text[..Math.Max(0, columns - 3)] + "...";
}
