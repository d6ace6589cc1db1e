using System.Text.Json;

namespace MLExtensions.Trainers.PyTorch;

/// <summary>What a file for PyTorch says of a model beside its modules and tensors: each an entry of the metadata, lists as JSON.</summary>
/// <param name="Task">The task, as <see cref="LossTaskNames"/> has it.</param>
internal sealed record SequentialPart(string Task)
{
    /// <summary>The entry that holds the modules.</summary>
    public const string Modules = "torch.nn.Sequential";

    /// <summary>The name of the label column; null where it is unknown.</summary>
    public string? Label { get; init; }

    /// <summary>Whether the label was a key.</summary>
    public bool LabelIsKey { get; init; }

    /// <summary>Whether the classes of keys without values are in the opposite order of the keys.</summary>
    public bool LabelIsReversed { get; init; }

    /// <summary>The values of the classes, or the names of labels; null where there are none.</summary>
    public LabelValues? Classes { get; init; }

    /// <summary>The names of the features; null where there are none.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>The part that tells of classes.</summary>
    public static SequentialPart Of(LossTasks task, ClassLabels classes) => new(LossTaskNames.Of(task))
    {
        Label = classes.Column,
        LabelIsKey = classes.IsKey,
        LabelIsReversed = classes.IsReversed,
        Classes = classes.Values,
    };

    /// <summary>Reads the part of a file; null where it has none.</summary>
    /// <exception cref="FormatException">An entry is not as it was written.</exception>
    public static SequentialPart? Read(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("task", out string? task))
            return null;
        return new SequentialPart(task)
        {
            Label = metadata.GetValueOrDefault("label"),
            LabelIsKey = metadata.GetValueOrDefault("label_is_key") == "true",
            LabelIsReversed = metadata.GetValueOrDefault("label_is_reversed") == "true",
            Classes = TextsOf(metadata, "classes") is { } texts ? new LabelValues(metadata.GetValueOrDefault("class_type", "Text"), texts) : null,
            Features = TextsOf(metadata, "features"),
        };
    }

    /// <summary>The entries of the metadata of a file.</summary>
    /// <param name="modules">The modules.</param>
    public IEnumerable<KeyValuePair<string, string>> Write(IReadOnlyList<TorchModule> modules)
    {
        yield return new("format", "pt");
        yield return new(Modules, TorchModule.ToJson(modules));
        yield return new("task", Task);
        if (Label is not null)
            yield return new("label", Label);
        if (LabelIsKey)
            yield return new("label_is_key", "true");
        if (LabelIsReversed)
            yield return new("label_is_reversed", "true");
        if (Classes is not null)
        {
            yield return new("classes", JsonSerializer.Serialize(Classes.Texts));
            yield return new("class_type", Classes.Type);
        }
        if (Features is not null)
            yield return new("features", JsonSerializer.Serialize(Features));
    }

    private static string[]? TextsOf(IReadOnlyDictionary<string, string> metadata, string name)
    {
        if (!metadata.TryGetValue(name, out string? text))
            return null;
        try
        {
            return JsonSerializer.Deserialize<string[]>(text) is { } texts && !texts.Contains(null!) ? texts : throw new JsonException("It is null, or has a null.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"entry '{name}' of its metadata is no list of texts in JSON: {exception.Message}", exception);
        }
    }
}
