namespace MLExtensions.Networks.Training;

/// <summary>The reports of a training as part of its state: a column of numbers for each value, NaN where an epoch has none.</summary>
internal static class EpochReports
{
    /// <summary>Gives or sets the reports.</summary>
    /// <param name="epochs">The reports.</param>
    /// <param name="state">The exchange.</param>
    /// <param name="layers">The layers that reports have statistics of; null for none.</param>
    public static void Exchange(List<EpochReport> epochs, StateExchange state, IReadOnlyList<LayerStatistics>? layers)
    {
        var training = Column(epochs, report => report.TrainingLoss);
        var validation = Column(epochs, report => report.ValidationLoss ?? double.NaN);
        var metric = Column(epochs, report => report.ValidationMetric ?? double.NaN);
        var rate = Column(epochs, report => report.LearningRate);
        var seconds = Column(epochs, report => report.Seconds);
        var best = Column(epochs, report => report.IsBest ? 1 : 0);
        var measured = Column(epochs, report => report.MeasuredTrainingLoss ?? double.NaN);
        var trainingMetric = Column(epochs, report => report.TrainingMetric ?? double.NaN);
        var trainingError = Column(epochs, report => report.TrainingError ?? double.NaN);
        var validationError = Column(epochs, report => report.ValidationError ?? double.NaN);
        state.Values("training loss", ref training);
        state.Values("validation loss", ref validation);
        state.Values("validation metric", ref metric);
        state.Values("learning rate", ref rate);
        state.Values("seconds", ref seconds);
        state.Values("is best", ref best);
        state.Values("measured training loss", ref measured);
        state.Values("training metric", ref trainingMetric);
        state.Values("training error", ref trainingError);
        state.Values("validation error", ref validationError);
        var measures = layers is null ? null : LayerMeasures.ToNumbers(epochs.SelectMany(report => report.Layers ?? layers));
        state.Values("layers", ref measures);
        if (!state.IsSetting)
            return;

        epochs.Clear();
        epochs.AddRange(training!.Select((loss, i) =>
            new EpochReport(i + 1, loss, OrNull(validation![i]), OrNull(metric![i]), (float)rate![i], seconds![i], best![i] > 0)
            {
                MeasuredTrainingLoss = OrNull(measured![i]),
                TrainingMetric = OrNull(trainingMetric![i]),
                TrainingError = OrNull(trainingError![i]),
                ValidationError = OrNull(validationError![i]),
                Layers = layers is null || measures is null ? null : LayersOf(measures, i, layers),
            }));
    }

    private static IReadOnlyList<LayerStatistics> LayersOf(double[] measures, int epoch, IReadOnlyList<LayerStatistics> layers)
    {
        int length = layers.Count * LayerMeasures.All.Count;
        return LayerMeasures.FromNumbers(layers, measures.AsMemory(epoch * length, length));
    }

    private static double[]? Column(List<EpochReport> epochs, Func<EpochReport, double> value) => [.. epochs.Select(value)];

    private static double? OrNull(double value) => double.IsNaN(value) ? null : value;
}
