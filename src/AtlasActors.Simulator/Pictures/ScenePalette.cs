namespace AtlasActors.Simulator.Pictures;

/// <summary>Colours that go together, around one hue.</summary>
internal sealed record ScenePalette(Rgb SkyTop, Rgb SkyBottom, Rgb Sun, Rgb Far, Rgb Near, Rgb Accent)
{
    public static ScenePalette Throw(Dice dice)
    {
        // From teal over blue to purple above, and up to yellow at the horizon: there are no green skies.
        var hue = dice.Between(180, 325);
        var warm = hue + dice.Between(45, 90);
        return new ScenePalette(
            SkyTop: Rgb.FromHsl(hue, 0.60, dice.Between(0.20, 0.34)),
            SkyBottom: Rgb.FromHsl(warm, 0.78, dice.Between(0.66, 0.76)),
            Sun: Rgb.FromHsl(warm + 15, 0.95, 0.90),
            Far: Rgb.FromHsl(hue + 20, 0.42, 0.56),
            Near: Rgb.FromHsl(hue - 15, 0.50, 0.13),
            Accent: Rgb.FromHsl(warm + 25, 0.95, 0.72));
    }
}
