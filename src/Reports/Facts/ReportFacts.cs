namespace MLExtensions.Reports.Facts;

/// <summary>What sections of a report are made of.</summary>
/// <param name="Network">The network and how it was trained.</param>
/// <param name="Options">What is to be on the page.</param>
internal sealed record ReportFacts(FittedNetwork Network, ReportOptions Options)
{
    /// <summary>The chain of transformers that ends with the network.</summary>
    public required ITransformer Model { get; init; }

    /// <summary>The rows to measure the model by; null where none were given.</summary>
    public IDataView? Data { get; init; }

    /// <summary>These rows as the model gives them; null without.</summary>
    public IDataView? Scored { get; init; }

    /// <summary>Their labels and scores; null without.</summary>
    public ScoredRows? Rows { get; init; }

    /// <summary>The name of the label column.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>How the training went.</summary>
    public TrainingHistory History => Network.History;

    /// <summary>The epoch whose weights the model has; null where there was none.</summary>
    public EpochReport? BestEpoch => History.BestEpoch > 0 ? History.Epochs[History.BestEpoch - 1] : null;

    /// <summary>The learning-rate range test, that of the diagnosis where none is given; null without.</summary>
    public LearningRateCurve? LearningRates => Options.LearningRates ?? Options.Diagnosis?.LearningRates;

    /// <summary>Whether classes are predicted.</summary>
    public bool Classifies => Network.Task != LossTasks.Regression;
}
