namespace AtlasActors.Simulator.Pictures;

/// <summary>
/// A picture that follows from a prompt: a sky with a sun, and before it hills, a town or drifting lights. In the time
/// from 0 to 1 the sun wanders.
/// </summary>
internal static class Scene
{
    public static void Paint(Canvas canvas, string prompt, string model, double time)
    {
        var dice = new Dice(prompt);
        var palette = ScenePalette.Throw(dice);
        PaintSky(canvas, palette);
        PaintSun(canvas, palette, dice, time);
        switch (dice.Below(3))
        {
            case 0:
                PaintHills(canvas, palette, dice);
                break;
            case 1:
                PaintTown(canvas, palette, dice);
                break;
            default:
                PaintLights(canvas, palette, dice);
                break;
        }

        Caption.Paint(canvas, prompt, model, palette.Accent);
    }

    private static void PaintSky(Canvas canvas, ScenePalette palette)
    {
        for (var y = 0; y < canvas.Height; y++)
            canvas.Span(y, 0, canvas.Width, palette.SkyTop.Towards(palette.SkyBottom, 1.25 * y / canvas.Height));
    }

    private static void PaintSun(Canvas canvas, ScenePalette palette, Dice dice, double time)
    {
        var radius = Math.Min(canvas.Width, canvas.Height) * dice.Between(0.05, 0.08);
        var from = dice.Between(0.15, 0.60);
        var x = canvas.Width * (from + 0.25 * time);
        var y = canvas.Height * (dice.Between(0.16, 0.30) - 0.05 * Math.Sin(Math.PI * time));
        canvas.Disc(x, y, radius * 1.6, palette.Sun, 0.10);
        canvas.Disc(x, y, radius * 1.3, palette.Sun, 0.18);
        canvas.Disc(x, y, radius, palette.Sun);
    }

    private static void PaintHills(Canvas canvas, ScenePalette palette, Dice dice)
    {
        const int layers = 5;
        for (var layer = 0; layer < layers; layer++)
        {
            var depth = layer / (layers - 1.0);
            var ridge = Ridge(canvas, dice, 0.42 + 0.40 * depth, 0.11 - 0.05 * depth);
            var color = palette.Far.Towards(palette.Near, depth);
            var mist = color.Towards(palette.SkyBottom, 0.35 * (1 - depth));
            FillBelow(canvas, ridge, color, mist);
        }
    }

    private static float[] Ridge(Canvas canvas, Dice dice, double middle, double amplitude)
    {
        var ridge = new float[canvas.Width];
        var stretch = (double)canvas.Width / canvas.Height;
        for (var wave = 1; wave <= 3; wave++)
        {
            var turns = dice.Between(0.5, 1.1) * wave * wave * stretch;
            var phase = dice.Between(0, 2 * Math.PI);
            var height = canvas.Height * amplitude / wave;
            for (var x = 0; x < ridge.Length; x++)
                ridge[x] += (float)(height * Math.Sin(phase + 2 * Math.PI * turns * x / ridge.Length));
        }

        for (var x = 0; x < ridge.Length; x++) ridge[x] += (float)(canvas.Height * middle);
        return ridge;
    }

    private static void FillBelow(Canvas canvas, float[] ridge, Rgb color, Rgb mist)
    {
        var (top, bottom) = (Math.Max(0, (int)ridge.Min()), ridge.Max());
        for (var y = top; y < canvas.Height; y++)
        {
            var shade = color.Towards(mist, (y - top) / (canvas.Height * 0.45));
            if (y > bottom) canvas.Span(y, 0, canvas.Width, shade);
            else FillPart(canvas.Row(y), ridge, y, shade);
        }
    }

    // The pixel that the ridge runs through is covered in part.
    private static void FillPart(Span<uint> row, float[] ridge, int y, Rgb shade)
    {
        for (var x = 0; x < row.Length; x++)
        {
            var cover = y + 1 - ridge[x];
            if (cover >= 1) row[x] = shade.Value;
            else if (cover > 0) row[x] = Rgb.Blend(row[x], shade.Value, (uint)(cover * 256));
        }
    }

    private static void PaintTown(Canvas canvas, ScenePalette palette, Dice dice)
    {
        var unit = Math.Max(1, Math.Min(canvas.Width, canvas.Height) / 100.0);
        for (var layer = 0; layer < 3; layer++)
        {
            var color = palette.Far.Towards(palette.Near, 0.25 + 0.375 * layer);
            for (var left = -unit * dice.Between(0, 6); left < canvas.Width;)
            {
                var right = left + unit * dice.Between(7, 14);
                var top = canvas.Height * dice.Between(0.34 + 0.10 * layer, 0.56 + 0.10 * layer);
                canvas.Rectangle((int)left, (int)top, (int)right, canvas.Height, color);
                if (layer > 0) PaintWindows(canvas, palette.Accent, dice, (left, top, right), unit);
                left = right + unit * dice.Between(0, 1.5);
            }
        }
    }

    private static void PaintWindows(
        Canvas canvas, Rgb light, Dice dice, (double Left, double Top, double Right) house, double unit)
    {
        for (var y = house.Top + 2 * unit; y < canvas.Height; y += 3 * unit)
            for (var x = house.Left + 1.2 * unit; x < house.Right - 2 * unit; x += 2.2 * unit)
                if (dice.Below(5) < 2)
                    canvas.Rectangle((int)x, (int)y, (int)(x + unit * 1.2), (int)(y + unit * 1.6), light, 0.85);
    }

    private static void PaintLights(Canvas canvas, ScenePalette palette, Dice dice)
    {
        var side = Math.Min(canvas.Width, canvas.Height);
        for (var light = 0; light < 18; light++)
        {
            var color = palette.Accent.Towards(light % 2 == 0 ? palette.SkyTop : palette.Sun, dice.Between(0.1, 0.7));
            var (x, y) = (canvas.Width * dice.Between(0, 1), canvas.Height * dice.Between(0.3, 1));
            var radius = side * dice.Between(0.03, 0.17);
            canvas.Disc(x, y, radius, color, dice.Between(0.12, 0.35));
            canvas.Disc(x, y, radius * 0.82, color, 0.15);
        }
    }
}
