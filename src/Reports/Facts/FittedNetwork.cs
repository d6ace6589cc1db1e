namespace MLExtensions.Reports.Facts;

/// <summary>A network that was found in a chain of transformers.</summary>
/// <param name="Model">The network.</param>
/// <param name="History">How it was trained.</param>
/// <param name="FeatureColumn">The column it reads.</param>
/// <param name="Task">What it predicts.</param>
internal sealed record FittedNetwork(DeepMlpModelParameters Model, TrainingHistory History, string FeatureColumn, LossTasks Task)
{
    /// <summary>The names of the classes, or of the labels, in the order of the scores; made of numbers where they have none.</summary>
    public IReadOnlyList<string> ClassNames => Model switch
    {
        DeepMlpBinaryModelParameters binary => binary.ClassNames ?? ["negative", "positive"],
        DeepMlpMulticlassModelParameters several => several.ClassNames ?? Numbered("class"),
        _ => Numbered("label"),
    };

    /// <summary>The value of an option of the training; null where it is not known.</summary>
    public string? Option(string name) => History.Options.FirstOrDefault(option => option.Name == name)?.Value.Trim('"');

    /// <summary>The one network of a transformer or a chain of them, whether fitted or loaded.</summary>
    /// <exception cref="InvalidOperationException">There is none, or there are several.</exception>
    public static FittedNetwork In(ITransformer model)
    {
        var found = TrainedModelCatalog.NetworkOf(model);
        return new FittedNetwork(found.Model, found.History, found.FeatureColumnName, found.Model switch
        {
            DeepMlpBinaryModelParameters => LossTasks.BinaryClassification,
            DeepMlpMulticlassModelParameters => LossTasks.MulticlassClassification,
            DeepMlpMultilabelModelParameters => LossTasks.MultilabelClassification,
            _ => LossTasks.Regression,
        });
    }

    private string[] Numbered(string what) => [.. Enumerable.Range(1, Model.ScoreCount).Select(number => Invariant($"{what} {number}"))];
}
