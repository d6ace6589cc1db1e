namespace MLExtensions.Networks;

/// <summary>What a <see cref="TrainingMonitor"/> is told of a training that begins.</summary>
public sealed record TrainingStart
{
    /// <summary>The name of the trainer, such as <c>DeepMlpRegressionTrainer</c>.</summary>
    public required string Trainer { get; init; }

    /// <summary>The task.</summary>
    public required LossTasks Task { get; init; }

    /// <summary>The label column.</summary>
    public required string Label { get; init; }

    /// <summary>The number of rows to train on.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>The number of rows to validate on; 0 for none.</summary>
    public required int ValidationRows { get; init; }

    /// <summary>The number of feature slots.</summary>
    public required int Features { get; init; }

    /// <summary>The number of outputs of the network.</summary>
    public required int Outputs { get; init; }

    /// <summary>The number of batches of the first epoch; later ones have fewer where <see cref="MlpOptions.BatchGrowth"/> asks for it.</summary>
    public required int Batches { get; init; }

    /// <summary>The number of epochs at most; early stopping may end the training sooner.</summary>
    public required int Epochs { get; init; }

    /// <summary>How many epochs may pass without an improvement; null where none ends the training.</summary>
    public int? Patience { get; init; }

    /// <summary>The engine, such as <c>managed, 2 threads</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required int Seed { get; init; }

    /// <summary>What <see cref="EpochReport.ValidationMetric"/> is, such as <c>accuracy</c> or <c>RMSE</c>.</summary>
    public required string MetricName { get; init; }

    /// <summary>Whether a higher metric is better.</summary>
    public required bool HigherMetricIsBetter { get; init; }

    /// <summary>The network that is trained; the input is scaled before it where <see cref="Options"/> say so.</summary>
    public required NetworkDescription Network { get; init; }

    /// <summary>The options.</summary>
    public required MlpOptions Options { get; init; }

    /// <summary>What the application calls the training: see <see cref="TrainingMonitor.Titled"/>; null by default.</summary>
    public string? Title { get; init; }

    /// <summary>The work of several trainings that this one is a part of: see <see cref="TrainingMonitor.Series"/>; null by default.</summary>
    public SeriesStart? Series { get; init; }

    /// <summary>Which <c>Fit</c> of its trainer this is, counted from 1: the folds of a cross-validation are such.</summary>
    public int Fit { get; init; } = 1;

    /// <summary>Which member of an ensemble this is, counted from 1; 1 where there is one network.</summary>
    public int Member { get; init; } = 1;

    /// <summary>How many members the ensemble has; 1 where there is one network.</summary>
    public int Members { get; init; } = 1;

    /// <summary>Whether this is the second training, on all rows, of <see cref="MlpOptions.RefitOnAllRows"/>.</summary>
    public bool IsRefit { get; init; }

    /// <summary>Whether networks of this fit are trained a second time: <see cref="MlpOptions.RefitOnAllRows"/>, unless rows were given for validation, which are for that alone.</summary>
    public bool Refits { get; init; }
}
