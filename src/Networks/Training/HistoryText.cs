using System.Text;

namespace MLExtensions.Networks.Training;

/// <summary>A history as a short table: the first epochs, the best one, the last ones, and what else there is in a line each.</summary>
internal static class HistoryText
{
    private const int AtEachEnd = 3;

    /// <summary>The table.</summary>
    public static string Of(TrainingHistory history)
    {
        var text = new StringBuilder();
        if (history.Epochs.Count > 0)
            text.Append(TextTable.Of([.. Rows(history)], leftColumns: 0));
        text.AppendLine(Summary(history));
        if (history.Members.Count > 1)
            text.AppendLine(Invariant($"The first of {history.Members.Count} members; their best epochs: {string.Join(", ", history.Members.Select(member => member.BestEpoch))}."));
        if (history.LeftOut.Count > 0)
            text.AppendLine(Invariant($"Left out, since the mean is better without: {Plural.Of(history.LeftOut.Count, "member")}."));
        if (history.Refit is { } refit)
            text.AppendLine(Invariant($"Trained again on all {NumberText.Whole(refit.TrainingRows)} rows: {Plural.Of(refit.Epochs.Count, "epoch")}."));
        if (history.Calibration is { } calibration)
            text.AppendLine(Invariant($"Probabilities calibrated: temperature {NumberText.Of(calibration.Temperature)}."));
        return text.ToString().TrimEnd();
    }

    private static string Summary(TrainingHistory history)
    {
        string time = history.Epochs.Count == 0 ? "" : $" in {NumberText.Time(TimeSpan.FromSeconds(history.Epochs[^1].Seconds))}";
        string best = history.ValidationRows > 0 && history.BestEpoch > 0 ? Invariant($", best {history.BestEpoch}") : "";
        string rows = $"{NumberText.Whole(history.TrainingRows)} rows trained on, {NumberText.Whole(history.ValidationRows)} validated on";
        return Invariant($"{Plural.Of(history.Epochs.Count, "epoch")}{time}{best}: {InWords(history.StopReason)}.{Environment.NewLine}{rows}; {history.Engine}; seed {history.Seed}.");
    }

    // Those in between are left out where they are more than the line that says so.
    private static IEnumerable<string[]> Rows(TrainingHistory history)
    {
        var epochs = history.Epochs;
        var first = epochs[0];
        (string Name, Func<EpochReport, double?> Value)[] columns =
        [
            ("training loss", epoch => epoch.TrainingLoss),
            ("measured", epoch => epoch.MeasuredTrainingLoss),
            ("validation loss", epoch => epoch.ValidationLoss),
            ($"training {history.MetricName}", epoch => epoch.TrainingMetric),
            ($"validation {history.MetricName}", epoch => epoch.ValidationMetric),
        ];
        columns = [.. columns.Where(column => column.Value(first) is not null)];
        yield return ["epoch", .. columns.Select(column => column.Name), "learning rate", "seconds", ""];

        int last = 0;
        foreach (int epoch in Shown(epochs.Count, history.BestEpoch))
        {
            if (epoch > last + 1)
                yield return ["...", .. Enumerable.Repeat("", columns.Length + 3)];
            last = epoch;
            var report = epochs[epoch - 1];
            yield return
            [
                Invariant($"{epoch}"), .. columns.Select(column => column.Value(report) is { } value ? NumberText.Of(value) : ""),
                Invariant($"{report.LearningRate:G4}"), Invariant($"{report.Seconds:F1}"), epoch == history.BestEpoch ? "best" : "",
            ];
        }
    }

    private static IEnumerable<int> Shown(int count, int best)
    {
        var shown = new SortedSet<int>(Enumerable.Range(1, count).Where(epoch => epoch <= AtEachEnd || epoch > count - AtEachEnd || epoch == best));
        foreach (int epoch in shown.ToArray())
        {
            if (shown.Contains(epoch + 2))
                shown.Add(epoch + 1);
        }
        return shown;
    }

    /// <summary>Why a training ended, for people.</summary>
    public static string InWords(StopReason reason) => reason switch
    {
        StopReason.NoImprovement => "stopped because nothing improved any more",
        StopReason.TimeLimit => "stopped by the time limit",
        StopReason.Canceled => "cancelled",
        _ => "all epochs are done",
    };
}
