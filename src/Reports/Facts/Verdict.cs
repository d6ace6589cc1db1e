namespace MLExtensions.Reports.Facts;

/// <summary>A training in three sentences: what was done, how it went, and what to try.</summary>
internal static class Verdict
{
    // Validation losses above the training loss by more than this share tell of rows learned by heart.
    private const double Gap = 0.3;

    /// <summary>The sentences.</summary>
    public static IEnumerable<string> Of(ReportFacts facts)
    {
        var (history, best) = (facts.History, facts.BestEpoch);
        string kind = history.Members.Count > 1 ? Invariant($"An ensemble of {history.Members.Count} networks was trained") : "The network was trained";
        yield return Invariant($"{kind} on {Numbers.Count(history.TrainingRows)} rows for {history.Epochs.Count} epochs{(history.Members.Count > 1 ? " (the first)" : "")} in {Numbers.Time(history.Epochs.LastOrDefault()?.Seconds ?? 0)}; {Why(history.StopReason)}.");
        if (best is null)
        {
            yield return "No epoch was completed: the weights are those it began with.";
            yield break;
        }
        yield return best.ValidationLoss is null
            ? Invariant($"There were no validation rows: nothing tells how it does on new ones; the training loss came to {Numbers.Short(best.TrainingLoss)}.")
            : Invariant($"The best epoch is {history.BestEpoch}, with {history.MetricName} {Numbers.Short(best.ValidationMetric)} and loss {Numbers.Short(best.ValidationLoss)} on {Numbers.Count(history.ValidationRows)} validation rows; the training loss was {Numbers.Short(best.TrainingLoss)}.");
        yield return Advice(history, best);
    }

    private static string Why(StopReason reason) => reason switch
    {
        StopReason.NoImprovement => "it stopped because nothing improved any more",
        StopReason.TimeLimit => "the time limit ended it",
        StopReason.Canceled => "it was cancelled",
        _ => "it ran all the epochs it was given",
    };

    private static string Advice(TrainingHistory history, EpochReport best)
    {
        if (history.StopReason is StopReason.TimeLimit or StopReason.Canceled || history.StopReason == StopReason.AllEpochs && best.Epoch == history.Epochs.Count && history.Epochs.Count > 1 && best.ValidationLoss is not null)
            return "It was still getting better when it ended: give it more epochs or more time.";
        if (best.ValidationLoss is not { } validation)
            return "Let EarlyStopping watch validation rows, or give a validation set, to see whether it learns its rows by heart.";
        var last = history.Epochs[^1];
        if (last.ValidationLoss - validation > Gap * Math.Abs(validation) && last.TrainingLoss < best.TrainingLoss)
            return "Behind the best epoch it began to learn its rows by heart, and those weights were not kept: more rows, more DropoutRate or weight decay, or an Ensemble may gain.";
        if (validation - best.TrainingLoss > Gap * Math.Abs(validation))
            return "The validation loss is far above the training loss: more rows, more DropoutRate or weight decay, or an Ensemble may gain.";
        return "The two losses are close: a larger network, a longer EarlyStopping.Patience, or one of the presets may still gain.";
    }
}
