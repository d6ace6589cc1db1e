using System.Globalization;

namespace MLExtensions.Networks.Training;

/// <summary>A history as comma-separated values: one line for each epoch of each training, numbers such as .NET reads back to the same bits.</summary>
internal static class HistoryCsv
{
    private static readonly (string Name, Func<EpochReport, IFormattable?> Value)[] s_columns =
    [
        ("epoch", epoch => epoch.Epoch),
        ("training_loss", epoch => epoch.TrainingLoss),
        ("measured_training_loss", epoch => epoch.MeasuredTrainingLoss),
        ("validation_loss", epoch => epoch.ValidationLoss),
        ("training_metric", epoch => epoch.TrainingMetric),
        ("validation_metric", epoch => epoch.ValidationMetric),
        ("training_error", epoch => epoch.TrainingError),
        ("validation_error", epoch => epoch.ValidationError),
        ("learning_rate", epoch => epoch.LearningRate),
        ("seconds", epoch => epoch.Seconds),
    ];

    /// <summary>Writes the lines, the heads first.</summary>
    public static void Write(TrainingHistory history, TextWriter writer)
    {
        var trainings = Trainings(history).ToList();
        var columns = s_columns.Concat(LayerColumns(trainings.SelectMany(training => training.History.Epochs))).ToList();
        int own = s_columns.Length;
        writer.WriteLine(string.Join(',', ["member", "refit", .. columns.Take(own).Select(column => column.Name), "is_best", .. columns.Skip(own).Select(column => column.Name)]));
        foreach (var (member, refit, training) in trainings)
        {
            foreach (var epoch in training.Epochs)
            {
                string[] values = [.. columns.Select(column => column.Value(epoch)?.ToString(null, CultureInfo.InvariantCulture) ?? "")];
                writer.WriteLine(string.Join(',', [Invariant($"{member}"), Invariant($"{refit}"), .. values[..own], epoch.IsBest ? "1" : "0", .. values[own..]]));
            }
        }
    }

    private static IEnumerable<(int Member, int Refit, TrainingHistory History)> Trainings(TrainingHistory history)
    {
        foreach (var (index, member) in (history.Members.Count > 0 ? history.Members : [history]).Index())
        {
            yield return (index + 1, 0, member);
            if ((member.Refit ?? (index == 0 ? history.Refit : null)) is { } refit)
                yield return (index + 1, 1, refit);
        }
    }

    // A column for whatever is measured of each layer.
    private static IEnumerable<(string Name, Func<EpochReport, IFormattable?> Value)> LayerColumns(IEnumerable<EpochReport> epochs)
    {
        var layers = epochs.SelectMany(epoch => epoch.Layers ?? []).ToLookup(layer => layer.Name);
        return from layer in layers
               from measure in LayerMeasures.All
               where layer.Any(statistics => measure.Of(statistics) is not null)
               select ($"{measure.Name}_{layer.Key.Replace(' ', '_').Replace(',', '_')}",
                   (Func<EpochReport, IFormattable?>)(epoch => epoch.Layers?.FirstOrDefault(other => other.Name == layer.Key) is { } own ? measure.Of(own) : null));
    }
}
