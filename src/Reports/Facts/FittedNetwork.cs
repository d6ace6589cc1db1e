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
    /// <exception cref="ArgumentException">There is none, or there are several.</exception>
    public static FittedNetwork In(ITransformer model)
    {
        var found = All(model).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new ArgumentException($"Expected a model with a deep MLP in it, got {model.GetType().Name} without one.", nameof(model)),
            _ => throw new ArgumentException($"Expected a model with one deep MLP, got {found.Count}, on the columns {string.Join(", ", found.Select(network => $"'{network.FeatureColumn}'"))}: give the part of the chain that ends with the one to report.", nameof(model)),
        };
    }

    private static IEnumerable<FittedNetwork> All(ITransformer model) => model switch
    {
        DeepMlpTransformer<DeepMlpBinaryModelParameters> binary => [new(binary.Model, binary.History, binary.FeatureColumnName, LossTasks.BinaryClassification)],
        DeepMlpTransformer<DeepMlpMulticlassModelParameters> several => [new(several.Model, several.History, several.FeatureColumnName, LossTasks.MulticlassClassification)],
        DeepMlpTransformer<DeepMlpMultilabelModelParameters> labels => [new(labels.Model, labels.History, labels.FeatureColumnName, LossTasks.MultilabelClassification)],
        DeepMlpTransformer<DeepMlpRegressionModelParameters> values => [new(values.Model, values.History, values.FeatureColumnName, LossTasks.Regression)],
        IEnumerable<ITransformer> chain => chain.SelectMany(All),
        _ => [],
    };

    private string[] Numbered(string what) => [.. Enumerable.Range(1, Model.ScoreCount).Select(number => Invariant($"{what} {number}"))];
}
