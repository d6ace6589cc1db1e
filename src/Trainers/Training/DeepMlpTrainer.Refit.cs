namespace MLExtensions.Trainers;

/// <content>A second training on all rows, for as many epochs as the first has chosen.</content>
public abstract partial class DeepMlpTrainer<TModel>
{
    /// <summary>Whether a training on these rows is to be repeated: rows that were given for validation are for that alone.</summary>
    private bool Refits(ReadRows rows) => Options.RefitOnAllRows && rows.TrainingRows == rows.Data.Rows;

    /// <summary>Whether a training is to be repeated, and there is time for it.</summary>
    private bool MayRefit(ReadRows rows, TrainingHistory first, TrainingRun run)
    {
        if (!Options.RefitOnAllRows || first.ValidationRows == 0)
            return false;
        if (!Refits(rows))
        {
            run.Log("not trained again on all rows: those given for validation are for that alone.");
            return false;
        }

        int epochs = EpochsOf(first);
        double seconds = first.Epochs.Count == 0 ? 0 : first.Epochs[^1].Seconds;
        var limit = new[] { Options.EarlyStopping?.TimeLimit, run.TimeLimit }.Min();
        bool isShort = first.StopReason == StopReason.TimeLimit || seconds * (1 + (double)epochs / Math.Max(1, first.Epochs.Count)) > limit?.TotalSeconds;
        if (run.Decide(!isShort && epochs > 0 && first.StopReason != StopReason.Canceled && !EndsWithTheBest(run)))
            return true;

        run.Log($"not trained again on all rows: {(isShort ? "there is no time for it" : "the training did not come to an end")}.");
        return false;
    }

    /// <summary>Trains again on all rows; the network of before is kept where that is cancelled.</summary>
    private TrainedNetwork Refit(ReadRows rows, TaskSetup<TModel> setup, RowSplit split, TrainedNetwork first, int seed, TrainingRun run)
    {
        run.Log(Invariant($"training again on all rows, for {Plural.Of(EpochsOf(first.History), "epoch")}."));
        try
        {
            var again = TrainNetwork(rows, setup, AllOf(split), [], seed, run with { Warn = null }, first.History);
            return again.History.StopReason == StopReason.Canceled ? first
                : again with { HeldOut = first.HeldOut, History = first.History with { Refit = again.History } };
        }
        catch (OperationCanceledException) when (run.Decide(run.IsStopped()))
        {
            return first;
        }
    }

    private TrainingPlan AsBefore(TrainingPlan plan, TrainingHistory first) => plan with
    {
        Options = plan.Options with { EarlyStopping = null },
        TimeLimit = null,
        LastEpoch = EpochsOf(first),
        Monitored = [.. first.Epochs.Select(epoch => BestEpochTracker.Monitored(epoch, Options.EarlyStopping, plan.Evaluator.HigherMetricIsBetter))],
    };

    // The epochs whose weights the first training gave.
    private int EpochsOf(TrainingHistory first) => Options.EarlyStopping is { RestoreBest: true } ? first.BestEpoch : first.Epochs.Count;

    private static RowSplit AllOf(RowSplit split) => new(RowMarks.Union(1 + Math.Max(split.Training[^1], split.Validation is [.., var last] ? last : 0), [split.Training, split.Validation]), []);
}
