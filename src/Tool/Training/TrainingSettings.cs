namespace MLExtensions.Tool.Training;

/// <summary>What the user chose about a training.</summary>
internal sealed record TrainingSettings
{
    /// <summary>Where options start from.</summary>
    public Preset Preset { get; init; }

    /// <summary>How long it may last; null for as long as it takes.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The seed of all that is random.</summary>
    public int Seed { get; init; }

    /// <summary>The share of rows that early stopping watches; null for that of the preset.</summary>
    public double? ValidationShare { get; init; }

    /// <summary>The value of which a binary model tells the probability; null for a choice by its text.</summary>
    public string? Positive { get; init; }

    /// <summary>The options of the trainer.</summary>
    /// <param name="table">The table.</param>
    /// <param name="positive">The value of which the probability is told; null for the rarer.</param>
    /// <exception cref="UsageException">Options do not go together.</exception>
    public DeepMlpOptions OptionsFor(TableDescription table, string? positive)
    {
        var task = table.Task switch
        {
            TableTask.Binary => LossTasks.BinaryClassification,
            TableTask.Multiclass => LossTasks.MulticlassClassification,
            _ => LossTasks.Regression,
        };
        var options = Start(task) with { LabelColumnName = table.Label, Seed = Seed, MissingLabels = MissingLabels.Skip, PositiveLabel = positive };
        if (ValidationShare is { } share)
            options = options with { EarlyStopping = (options.EarlyStopping ?? new()) with { ValidationFraction = (float)share } };
        if (Time is not { } time)
            return options;
        return options.Ensemble is { } ensemble ? options with { Ensemble = ensemble with { TimeLimit = time } } : options with { EarlyStopping = (options.EarlyStopping ?? new()) with { TimeLimit = time } };
    }

    private DeepMlpOptions Start(LossTasks task) => Preset switch
    {
        Preset.Quick => DeepMlpOptions.Quick(task),
        Preset.RealMlp => DeepMlpOptions.RealMlp(task),
        Preset.TabM => DeepMlpOptions.TabM(task),
        Preset.Best => DeepMlpOptions.Best(task, Time),
        _ => new DeepMlpOptions(),
    };
}
