using AtlasActors.Jobs;

namespace AtlasActors.Models;

/// <summary>
/// Makes of a job's common fields what its model takes. What the model is not known to take at all is left out, what it
/// is not known to take in this form is sent as it is, and either is told.
/// </summary>
internal sealed class FieldMapping
{
    private readonly ModelEntry _model;
    private readonly AskedFields _asked;
    private readonly List<(string Key, BodyField Field)> _fields = [];
    private readonly List<Complaint> _complaints = [];

    private FieldMapping(ModelEntry model, AskedFields asked) => (_model, _asked) = (model, asked);

    /// <summary>The fields as the model takes them.</summary>
    public static MappedFields Map(ModelEntry model, AskedFields asked)
    {
        var mapping = new FieldMapping(model, asked);
        var seconds = mapping.MapAll();
        return new MappedFields(
            [.. mapping._fields.Select(field => field.Field)], seconds, mapping._complaints);
    }

    private decimal MapAll()
    {
        var shape = new ShapeMapping(_model, _asked, Add, _complaints.Add);
        shape.Map();
        var time = new TimeMapping(_model, _asked, shape.HasResolution, Add, _complaints.Add);
        var seconds = time.Map();
        MapInputs();
        if (_asked.Seed is { } seed)
            Take(CommonField.Seed, name => BodyField.Number(name, seed));
        if (_asked.NegativePrompt is { } negative)
            Take(CommonField.NegativePrompt, name => BodyField.Text(name, negative));
        MapAudio();
        if (_asked.AudioUrl is { } url)
            Take(CommonField.AudioUrl, name => BodyField.Text(name, url));
        LetParamsWin();
        AskForRequired();
        return seconds;
    }

    private void Add(CommonField from, BodyField field) => _fields.Add((from.Key(), field));

    private void Take(CommonField from, Func<string, BodyField> write)
    {
        if (_model.Field(from) is { } field)
            Add(from, write(field.Name));
        else
            _complaints.Add(NotTaken(_model, from.Key()));
    }

    // One picture is a list of one where a model wants a list, and a list of one is a picture.
    private void MapInputs()
    {
        var images = _asked.Images ?? [];
        var image = _asked.Image;
        var lists = _model.Field(CommonField.Images) is not null;
        if (image is not null && lists && _model.Field(CommonField.Image) is null)
            (images, image) = ([image, .. images], null);
        else if (image is null && !lists && images.Count == 1 && _model.Field(CommonField.Image) is not null)
            (image, images) = (images[0], []);
        if (image is not null)
            Take(CommonField.Image, name => BodyField.Text(name, image));
        if (_asked.LastImage is { } last)
            Take(CommonField.LastImage, name => BodyField.Text(name, last));
        if (images.Count == 0)
            return;
        Take(CommonField.Images, name => BodyField.Texts(name, images));
        if (_model.Field(CommonField.Images) is { Most: { } most, IsSure: var isSure } && images.Count > most)
        {
            var key = (_asked.Images is null ? CommonField.Image : CommonField.Images).Key();
            _complaints.Add(new Complaint(key, isSure, $"{_model.Id} takes at most {most}, found {images.Count}"));
        }
    }

    // Silence is what a model without sound gives anyway.
    private void MapAudio()
    {
        if (_asked.Audio is { } audio && (audio || _model.Field(CommonField.Audio) is not null))
            Take(CommonField.Audio, name => BodyField.Switch(name, audio));
    }

    private void LetParamsWin()
    {
        if (_asked.Params.Count == 0)
            return;
        foreach (var (key, field) in _fields.Where(field => _asked.Params.Contains(field.Field.Name)))
        {
            if (IsWritten(key))
                _complaints.Add(Complaint.InParams(key, field.Name));
        }

        _fields.RemoveAll(field => _asked.Params.Contains(field.Field.Name));
    }

    private bool IsWritten(string key) => key switch
    {
        "size" => _asked.Size is not null || _asked.Width is not null || _asked.Height is not null,
        "aspect_ratio" => _asked.AspectRatio is not null,
        "duration" => _asked.Duration is not null,
        "resolution" => _asked.Resolution is not null,
        _ => true,
    };

    private void AskForRequired()
    {
        foreach (var field in _model.Fields.Where(field => field.IsRequired))
        {
            if (_asked.Params.Contains(field.Name) || _fields.Any(sent => sent.Field.Name == field.Name))
                continue;
            var key = field.From.Key();
            _complaints.Add(new Complaint(
                key, true, $"'{key}' is missing", $"{_model.Id} makes no {_model.Kind.Noun()} without it")
            {
                IsMissing = true,
            });
        }
    }

    /// <summary>What is said of a field that the model is not known to have.</summary>
    public static Complaint NotTaken(ModelEntry model, string key) => new(
        key, false, $"{model.Id} is not known to take '{key}', and it is not sent",
        model.Also.Count > 0 ? $"under 'params' it takes {FieldRules.Either(model.Also)}" : null);
}
