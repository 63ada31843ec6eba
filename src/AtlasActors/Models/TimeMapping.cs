using System.Globalization;
using AtlasActors.BatchFiles;
using AtlasActors.Jobs;

namespace AtlasActors.Models;

/// <summary>
/// Maps <c>duration</c> and <c>resolution</c>, which are bound to each other: what is written stands, and what is not
/// gives way to it.
/// </summary>
internal sealed class TimeMapping(
    ModelEntry model, AskedFields asked, bool hasResolution, Action<CommonField, BodyField> add,
    Action<Complaint> complain)
{
    private readonly ModelField? _length = model.Field(CommonField.Duration);
    private readonly ModelField? _resolution = model.Field(CommonField.Resolution);
    private readonly Dictionary<CommonField, string> _settled = [];

    /// <summary>Maps both; the seconds that the price counts.</summary>
    public decimal Map()
    {
        Settle(CommonField.Resolution, _resolution, asked.Resolution);
        Settle(CommonField.Duration, _length, asked.Duration is { } seconds ? FieldRules.Seconds(seconds) : null);
        CheckConditions();
        if (model.Kind == MediaKind.Video)
        {
            Default(CommonField.Resolution, _resolution, TutorialDefaults.Resolution);
            Default(CommonField.Duration, _length, FieldRules.Seconds(TutorialDefaults.Seconds));
        }

        if (_length is not null && _settled.TryGetValue(CommonField.Duration, out var length))
            add(CommonField.Duration, new BodyField(_length.Name, length));
        if (_resolution is not null && _settled.TryGetValue(CommonField.Resolution, out var resolution))
            add(CommonField.Resolution, BodyField.Text(_resolution.Name, resolution));
        return model.Kind is MediaKind.Video or MediaKind.Audio ? Seconds() : 0;
    }

    private void Settle(CommonField from, ModelField? field, string? written)
    {
        if (written is null || (from == CommonField.Resolution && hasResolution))
            return;
        if (field is null)
        {
            complain(FieldMapping.NotTaken(model, from.Key()));
            return;
        }

        var spelling = FieldRules.Spelling(field, written);
        if (spelling is null)
            complain(Misfit(model, field, from.Key(), written));
        // A number is written anew, so that 5.0 is 5.
        _settled[from] = from == CommonField.Duration ? written : spelling ?? written;
    }

    /// <summary>What is said of a value that the field is not known to take.</summary>
    public static Complaint Misfit(ModelEntry model, ModelField field, string key, string written)
    {
        var shown = Shown.Short(written);
        var message = field.IsSure
            ? $"{model.Id} takes {FieldRules.Words(field)}, found {shown}"
            : $"{model.Id} is known to take {FieldRules.Words(field)}; {shown} is sent all the same";
        return new Complaint(key, field.IsSure, message, FieldRules.Hint(field, written));
    }

    private void CheckConditions()
    {
        foreach (var condition in model.Conditions.Where(IsBroken))
        {
            var then = model.Field(condition.Then);
            var found = _settled[condition.Then];
            // That it is wrong whatever the other says, is said already.
            if (then is null || FieldRules.Spelling(then, found) is null)
                continue;
            var (key, value) = (condition.When.Key(), _settled[condition.When]);
            var unit = condition.Then == CommonField.Duration ? " seconds" : "";
            complain(new Complaint(
                condition.Then.Key(), condition.IsSure,
                $"{model.Id} takes {FieldRules.Either(condition.Wants)}{unit} when '{key}' is {value}, found {found}",
                Other(condition) is { } other ? $"or write '{key}: {other}'" : null));
        }
    }

    private string? Other(ModelCondition condition) => model.Field(condition.When)?.Values
        .FirstOrDefault(value => !condition.Is.Contains(value, StringComparer.OrdinalIgnoreCase));

    private bool IsBroken(ModelCondition condition) =>
        _settled.TryGetValue(condition.When, out var when)
        && _settled.TryGetValue(condition.Then, out var then)
        && condition.Is.Contains(when, StringComparer.OrdinalIgnoreCase)
        && !condition.Wants.Contains(then, StringComparer.OrdinalIgnoreCase);

    // Nobody wrote it: the tutorial's default where the model takes it, then the model's own, then any that fits.
    private void Default(CommonField from, ModelField? field, string tutorial)
    {
        if (field is null || _settled.ContainsKey(from))
            return;
        foreach (var candidate in Candidates(field, tutorial))
        {
            if (candidate is null || FieldRules.Spelling(field, candidate) is not { } spelling)
                continue;
            _settled[from] = spelling;
            if (!model.Conditions.Any(IsBroken))
                return;
            _settled.Remove(from);
        }
    }

    private static IEnumerable<string?> Candidates(ModelField field, string tutorial) =>
    [
        tutorial, field.Usual, .. field.Values,
        FieldRules.Nearest(field, TutorialDefaults.Seconds) is { } nearest ? FieldRules.Seconds(nearest) : null,
    ];

    // Where the length is left to the model it may be the longest, and what it costs is not to be less than expected.
    private decimal Seconds()
    {
        var usual = model.Kind == MediaKind.Audio
            ? _length?.Usual is { } known ? decimal.Parse(known, CultureInfo.InvariantCulture) : TutorialDefaults.SoundSeconds
            : TutorialDefaults.Seconds;
        var seconds = asked.Duration ?? usual;
        if (_settled.TryGetValue(CommonField.Duration, out var settled))
            seconds = decimal.Parse(settled, CultureInfo.InvariantCulture);
        return seconds == AskedFields.Auto ? _length?.Greatest ?? TutorialDefaults.Seconds : seconds;
    }
}
