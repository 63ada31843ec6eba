using System.Globalization;
using AtlasActors.BatchFiles;
using AtlasActors.Jobs;

namespace AtlasActors.Models;

/// <summary>
/// Maps <c>size</c>, <c>width</c>, <c>height</c> and <c>aspect_ratio</c> to whichever of size and ratio the model has.
/// </summary>
internal sealed class ShapeMapping(
    ModelEntry model, AskedFields asked, Action<CommonField, BodyField> add, Action<Complaint> complain)
{
    private static readonly PixelSize Square = new(TutorialDefaults.Side, TutorialDefaults.Side);

    // Two shapes nearer than this are one: 1360x768 for 16:9.
    private const double Near = 0.03;

    private readonly ModelField? _size = model.Field(CommonField.Size);
    private readonly ModelField? _ratio = model.Field(CommonField.AspectRatio);

    /// <summary>Whether the size has said what <c>resolution</c> says.</summary>
    public bool HasResolution { get; private set; }

    private string SizeKey => asked.Size is not null ? "size" : asked.Width is not null ? "width" : "height";

    // A picture that goes in has a shape already, and the square that nobody wrote gives way to it.
    private bool IsSquareByDefault => model.Kind == MediaKind.Image
        && asked.Image is null && asked.Images is null
        && !model.Fields.Any(input =>
            input.From is CommonField.Image or CommonField.Images && asked.Params.Contains(input.Name));

    private bool IsSized => asked.Size is not null || asked.Width is not null || asked.Height is not null;

    public void Map()
    {
        if (_size is not null)
            MapSize(_size);
        else if (IsSized && (_ratio is null || asked.AspectRatio is not null))
            complain(FieldMapping.NotTaken(model, SizeKey));
        if (_ratio is not null)
            MapRatio(_ratio);
        else if (asked.AspectRatio is not null && (_size is null || IsSized))
            complain(FieldMapping.NotTaken(model, "aspect_ratio"));
    }

    // What is not W x H may still be a word that the model knows.
    private void MapSize(ModelField size)
    {
        if (asked.Size is { } text && PixelSize.Parse(text) is null)
        {
            var sent = size.Form == SizeForm.Sides ? "not sent" : "sent all the same";
            complain(new Complaint(
                "size", false,
                $"{model.Id} is known to take a size like {Square.In(size.Form)}; {Shown.Short(text)} is {sent}"));
            if (size.Form != SizeForm.Sides)
                add(CommonField.Size, BodyField.Text(size.Name, text));
        }
        else if (Asked() is { } pixels)
        {
            if (FieldRules.Spelling(size, pixels.In(size.Form)) is null)
                complain(TimeMapping.Misfit(model, size, SizeKey, pixels.In(size.Form)));
            Add(size, pixels);
        }
        else if (_ratio is null && (asked.AspectRatio is not null || IsByResolution(size)))
            MapToSize(size);
        else if (IsSquareByDefault && Default(size) is { } usual)
            Add(size, usual);
    }

    private PixelSize? Asked()
    {
        if (asked.Size is not null)
            return PixelSize.Parse(asked.Size);
        return asked.Width is null && asked.Height is null
            ? null
            : new PixelSize(asked.Width ?? TutorialDefaults.Side, asked.Height ?? TutorialDefaults.Side);
    }

    private void Add(ModelField size, PixelSize pixels)
    {
        if (size.Form == SizeForm.Sides)
        {
            add(CommonField.Size, BodyField.Number("width", pixels.Width));
            add(CommonField.Size, BodyField.Number("height", pixels.Height));
        }
        else
            add(CommonField.Size, BodyField.Text(size.Name, pixels.In(size.Form)));
    }

    private static PixelSize? Default(ModelField size) => size.Values.Prepend(size.Usual).Prepend(Square.In(size.Form))
        .Where(value => value is not null && FieldRules.Spelling(size, value) is not null)
        .Select(value => PixelSize.Parse(value!))
        .FirstOrDefault();

    private bool IsByResolution(ModelField size) => asked.Resolution is not null
        && size.Values.Count > 0 && model.Field(CommonField.Resolution) is null;

    // Of sizes that are known one by one, the one with that shape and short side; else as many pixels as usual.
    private void MapToSize(ModelField size)
    {
        var ratio = PixelSize.ParseRatio(asked.AspectRatio ?? "16:9");
        var side = IsByResolution(size) ? ShortSide(asked.Resolution!) : null;
        var fitting = size.Values.Select(PixelSize.Parse).OfType<PixelSize>()
            .Where(value => ratio is not null && value.Distance(ratio.Value) < Near)
            .Where(value => side is null || Math.Min(value.Width, value.Height) == side)
            .Cast<PixelSize?>();
        var pixels = ratio is { } shape && size.Values.Count == 0
            ? (PixelSize.Parse(size.Usual ?? "") ?? Square).Shaped(shape, size.Least, size.Greatest)
            : fitting.FirstOrDefault();
        if (pixels is { } found)
        {
            HasResolution = side is not null;
            Add(size, found);
        }
        else if (asked.AspectRatio is { } written)
            complain(new Complaint(
                "aspect_ratio", false,
                $"{model.Id} is known to take a size of {FieldRules.Words(size)}; {Shown.Short(written)} is "
                + "not sent"));
    }

    private static int? ShortSide(string resolution) =>
        int.TryParse(resolution.TrimEnd('p', 'P'), CultureInfo.InvariantCulture, out var side)
            ? side
            : null;

    private void MapRatio(ModelField ratio)
    {
        if (asked.AspectRatio is { } written)
        {
            var spelling = FieldRules.Spelling(ratio, written);
            if (spelling is null)
                complain(TimeMapping.Misfit(model, ratio, "aspect_ratio", written));
            add(CommonField.AspectRatio, BodyField.Text(ratio.Name, spelling ?? written));
        }
        else if (_size is null && IsSized)
            MapToRatio(ratio);
        else if (_size is null && IsSquareByDefault
            && ratio.Values.Prepend(ratio.Usual).Prepend(Square.Ratio())
                .FirstOrDefault(value => value is not null && FieldRules.Spelling(ratio, value) is not null)
            is { } usual)
            add(CommonField.AspectRatio, BodyField.Text(ratio.Name, usual));
    }

    private void MapToRatio(ModelField ratio)
    {
        if (Asked() is not { } pixels)
        {
            complain(FieldMapping.NotTaken(model, SizeKey));
            return;
        }

        var nearest = ratio.Values
            .Where(value => PixelSize.ParseRatio(value) is not null)
            .MinBy(value => PixelSize.ParseRatio(value)!.Value.Distance(pixels));
        if (nearest is not null && PixelSize.ParseRatio(nearest)!.Value.Distance(pixels) >= Near)
            complain(new Complaint(
                SizeKey, false,
                $"{model.Id} has no {pixels.In(SizeForm.Cross)}, but the ratios {FieldRules.Either(ratio.Values)}; "
                + $"{nearest} is sent",
                $"write 'aspect_ratio: \"{nearest}\"'"));
        add(CommonField.AspectRatio, BodyField.Text(ratio.Name, nearest ?? pixels.Ratio()));
    }
}
