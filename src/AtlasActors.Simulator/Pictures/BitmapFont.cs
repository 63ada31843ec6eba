namespace AtlasActors.Simulator.Pictures;

/// <summary>
/// A font of five by nine dots: capitals stand on the seventh row, the last two are for descenders. Printable ASCII has
/// letters, accented Latin letters lose their accents, anything else is a framed pattern of its own.
/// </summary>
internal static class BitmapFont
{
    public const int Columns = 5;
    public const int Rows = 9;

    // Glyphs from the space on, nine rows each, a row of five dots as one digit to the base 32.
    private const string Glyphs =
        "000000000444440400AAA000000AAVAVAA004FKE5U400OP248J300CIK8LID00444000000" +
        "24888420084222480004LEL4000044V44000000006648000V0000000000CC0011248GG00" +
        "EHJLPHE004C4444E00EH1248V00V2421HE0026AIV2200VGU11HE0068GUHHE00V12488800" +
        "EHHEHHE00EHHF12C000CC0CC000066006648248G8420000V0V0000842124800EH1240400" +
        "EHNLNGE00EHHVHHH00UHHUHHU00EHGGGHE00SIHHHIS00VGGUGGV00VGGUGGG00EHGNHHF00" +
        "HHHVHHH00E44444E0072222IC00HIKOKIH00GGGGGGV00HRLLHHH00HHPLJHH00EHHHHHE00" +
        "UHHUGGG00EHHHLID00UHHUKIH00FGGE11U00V44444400HHHHHHE00HHHHHA400HHHLLRH00" +
        "HHA4AHH00HHA444400V1248GV00E88888E00GG8421100E22222E004AH0000000000000V0" +
        "84200000000E1FHF00GGUHHHU0000EHGHE0011FHHHF0000EHVGE00698S8880000FHHHF1E" +
        "GGMPHHH0040C444E002062222ICGGIKOKI00C44444E0000QLLLL0000MPHHH0000EHHHE00" +
        "00UHHHUGG00FHHHF1100MPGGG0000FGE1U0088S88960000HHHJD0000HHHA40000HHLLA00" +
        "00HA4AH0000HHHHF1E00V248V00244844200444444400844244800008L20000";

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
    private const string Accented = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿß–—‘’“”…";
    private const string Plain = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyyB--''\"\".";

    private static readonly byte[] Dots =
        [.. Glyphs.Select(digit => (byte)Digits.IndexOf(digit, StringComparison.Ordinal))];

    /// <summary>The dots of one row of a character, the leftmost in bit 4.</summary>
    public static int RowOf(char character, int row)
    {
        var accent = Accented.IndexOf(character, StringComparison.Ordinal);
        var plain = accent < 0 ? character : Plain[accent];
        return plain is >= ' ' and <= '~' ? Dots[(plain - ' ') * Rows + row] : Rune(plain, row);
    }

    public static void Draw(Canvas canvas, string text, int left, int top, int scale, Rgb color)
    {
        foreach (var character in text)
        {
            for (var row = 0; row < Rows; row++)
                DrawRow(canvas, RowOf(character, row), left, top + row * scale, scale, color);
            left += (Columns + 1) * scale;
        }
    }

    private static void DrawRow(Canvas canvas, int dots, int left, int top, int scale, Rgb color)
    {
        for (var column = 0; column < Columns; column++)
            if ((dots >> (Columns - 1 - column) & 1) != 0)
                canvas.Rectangle(
                    left + column * scale, top, left + (column + 1) * scale, top + scale, color);
    }

    // A frame around dots that follow from the character: unread, but the same letter looks the same.
    private static int Rune(char character, int row) => row switch
    {
        0 or 6 => 0b11111,
        > 6 => 0,
        _ => 0b10001 | ((character * 0x9E37 >> (row * 2 + 1)) & 0b01110),
    };
}
