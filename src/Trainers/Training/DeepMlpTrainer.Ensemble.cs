using System.Runtime.ExceptionServices;

namespace MLExtensions.Trainers;

/// <content>Training of several networks whose mean is the model.</content>
public abstract partial class DeepMlpTrainer<TModel>
{
    /// <summary>Trains the members of an ensemble, side by side where the engine is the managed one and may take all processors.</summary>
    private TrainedModel<TModel> TrainEnsemble(ReadRows rows, RowSplit first, EnsembleOptions ensemble, int seed, TrainingRun run)
    {
        var start = run.Clock.GetTimestamp();
        var (splits, areFolds) = SplitsOf(rows, first, ensemble, seed, run.Warn);
        int[] withoutWeight = areFolds ? RowsWithoutWeight(rows) : [];
        var all = new RowSplit(RowMarks.Union(rows.Data.Rows, splits.SelectMany(split => Refits(rows) ? new[] { split.Training, split.Validation } : [split.Training])), splits[0].Validation);
        var trained = new TrainedNetwork?[ensemble.Members];
        var kinds = Kinds(ensemble);
        var quiet = run with { Warn = null };
        object gate = new();
        int begun = 0;
        // Each has rows of its own in memory while it is trained.
        int degree = Options.RowMemory is null && run.Engine is ManagedEngine { Threads: 0 } && run.Ranks is null ? Math.Min(ensemble.Members, Environment.ProcessorCount) : 1;
        try
        {
            Parallel.For(0, ensemble.Members, new ParallelOptions { MaxDegreeOfParallelism = degree }, _ =>
            {
                var left = ensemble.TimeLimit - run.Clock.GetElapsedTime(start) - (run.Checkpoints?.TimeBefore ?? TimeSpan.Zero);
                // One after the other, whichever thread comes: where there is time for some alone, they are of all kinds.
                int member = Interlocked.Increment(ref begun) - 1;
                if (member > 0 && run.Decide((left <= TimeSpan.Zero || EndsWithTheBest(run)) && run.Checkpoints?.Has(NetworkName(member + 1, isRefit: false)) != true))
                    return;

                // Targets are scaled alike for all, by all rows, or their mean would be of different units.
                var kind = kinds[member % kinds.Count];
                var setup = kind._task.SetUp(rows.Data, all, rows.Label);
                var own = (member <= ensemble.AlternatesWith.Count ? run : quiet) with
                {
                    TimeLimit = left,
                    Member = member + 1,
                    Log = message => Locked(gate, () => run.Log(Invariant($"member {member + 1} of {ensemble.Members}: {message}"))),
                };
                var split = splits[member];
                try
                {
                    var network = kind.TrainNetwork(rows, setup, split, [.. split.Validation, .. withoutWeight], MemberSeed(seed, member), own);
                    network = kind.MayRefit(rows, network.History, own) ? kind.Refit(rows, setup, split, network, MemberSeed(seed, member), own) : network;
                    trained[member] = kinds.Count == 1 ? network : network with { History = network.History with { Options = OptionText.All(kind.Options) } };
                }
                catch (OperationCanceledException) when (trained.Any(other => other is not null) && run.Decide(run.IsStopped()))
                {
                    // What others have is kept.
                }
            });
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        var members = Finished([.. trained.OfType<TrainedNetwork>()], ensemble, run);
        var (network, weights) = EnsembleLayer.Of([.. members.Select(member => (member.Network, member.Weights))], _task.Mean);
        var heldOut = members.Select(member => member.HeldOut).OfType<HeldOutRows>().ToList();
        var history = members[0].History with { Members = [.. members.Select(member => member.History)] };
        var whole = new TrainedNetwork(network, weights, history)
        {
            HeldOut = heldOut.Count > 0 ? HeldOutRows.MeanOf(heldOut, _task.Mean) : null,
            HeldOutIsOfOneMember = members.Count > 1 && !ReferenceEquals(splits[0], splits[^1]),
        };
        var finished = Finish(rows, _task.SetUp(rows.Data, all, rows.Label), whole);
        return areFolds ? finished with { OutOfFold = OutOfFoldPredictions.Of(finished.Model, whole.HeldOut!, heldOut, rows.Data.Weights, rows.Numbers, rows.ViewRows) } : finished;
    }

    /// <summary>
    /// The members that are averaged: those that neither the time limit nor a cancellation ended, since one trained halfway would take more from the
    /// mean than it gives; where all were ended, all that were trained.
    /// </summary>
    private static List<TrainedNetwork> Finished(List<TrainedNetwork> begun, EnsembleOptions ensemble, TrainingRun run)
    {
        var finished = begun.FindAll(member => member.History.StopReason is not (StopReason.TimeLimit or StopReason.Canceled));
        bool ends = run.Decide(run.Ends);
        if (finished.Count == ensemble.Members || (!ends && ensemble.TimeLimit is null))
            return begun;

        run.Log(Invariant($"{Plural.Of(finished.Count, "member")} of {ensemble.Members} finished {(ends ? "before the training was cancelled" : Invariant($"within {ensemble.TimeLimit}"))}."));
        if (finished.Count > 0)
            return finished;
        if (ends)
            return begun.Exists(member => member.History.BestEpoch > 0) ? begun.FindAll(member => member.History.BestEpoch > 0) : begun;
        run.Warn?.Invoke(Invariant($"the time limit of {ensemble.TimeLimit} ended the training of {(begun.Count == 1 ? "the only member" : $"all {begun.Count} members")} that it allowed before it was done, after {begun.Max(member => member.History.Epochs.Count)} epochs. ") +
            "Give it more time, or choose a network that trains faster: DeepMlpOptions.Quick, or no options.");
        return begun;
    }

    /// <summary>The trainers that members take turns with.</summary>
    private List<DeepMlpTrainer<TModel>> Kinds(EnsembleOptions ensemble)
    {
        List<DeepMlpTrainer<TModel>> kinds = [this, .. ensemble.AlternatesWith.Select(own => With((DeepMlpOptions)Options.OfMember(own)))];
        return [.. kinds, .. ensemble.NumberEmbeddings.SelectMany(embedding => kinds.Select(kind => With((DeepMlpOptions)kind.Options.Embedding(embedding))))];
    }

    private bool EndsWithTheBest(TrainingRun run) => run.IsStopped() || (Options.KeepBestWhenCanceled && run.IsCanceled());

    private (RowSplit[] Splits, bool AreFolds) SplitsOf(ReadRows rows, RowSplit first, EnsembleOptions ensemble, int seed, Action<string>? warn)
    {
        var members = Enumerable.Range(0, ensemble.Members);
        if (first.Validation.Length == 0 && ensemble.Folds && rows.TrainingRows == rows.Data.Rows)
            warn?.Invoke("Ensemble.Folds has no effect, since no rows are set aside: all members train on all rows, and there are no out-of-fold predictions. Let EarlyStopping watch validation rows, or say Folds = false.");
        if (first.Validation.Length == 0 || rows.TrainingRows < rows.Data.Rows || rows.SplitIsGiven || Options.EarlyStopping!.ValidationRows.IsFixed)
            return ([.. members.Select(_ => first)], false);
        return HasFolds(rows, first)
            ? (Options.EarlyStopping!.ValidationRows.Folds(ToSplit(rows, [.. first.Training.Concat(first.Validation).Order()], Options.EarlyStopping.ValidationFraction, new RandomStream(seed, "folds")), ensemble.Members), true)
            : ([.. members.Select(member => Split(rows, MemberSeed(seed, member)))], false);
    }

    // Rows are cut into folds where one network would set some aside.
    private bool HasFolds(ReadRows rows, RowSplit split) => Options.Ensemble is { Folds: true } && split.Validation.Length > 0 && rows.TrainingRows == rows.Data.Rows && !rows.SplitIsGiven;

    // None of the members is trained on them.
    private static int[] RowsWithoutWeight(ReadRows rows) =>
        rows.Data.Weights is { } weights ? RowMarks.Where(rows.TrainingRows, row => weights[row] == 0) : [];

    // The first member is the network that there would be alone.
    private static int MemberSeed(int seed, int member) => member == 0 ? seed : (int)RandomStream.Key(seed, Invariant($"member {member}"));

    private static void Locked(object gate, Action action)
    {
        lock (gate)
            action();
    }
}
