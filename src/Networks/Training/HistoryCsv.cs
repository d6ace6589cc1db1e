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
        writer.WriteLine($"member,refit,{string.Join(',', s_columns.Select(column => column.Name))},is_best");
        foreach (var (index, member) in (history.Members.Count > 0 ? history.Members : [history]).Index())
        {
            WriteTraining(member, index + 1, refit: 0, writer);
            if ((member.Refit ?? (index == 0 ? history.Refit : null)) is { } refit)
                WriteTraining(refit, index + 1, refit: 1, writer);
        }
    }

    private static void WriteTraining(TrainingHistory history, int member, int refit, TextWriter writer)
    {
        foreach (var epoch in history.Epochs)
        {
            var values = s_columns.Select(column => column.Value(epoch)?.ToString(null, CultureInfo.InvariantCulture) ?? "");
            writer.WriteLine(Invariant($"{member},{refit},{string.Join(',', values)},{(epoch.IsBest ? 1 : 0)}"));
        }
    }
}
