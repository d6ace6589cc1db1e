using System.Runtime.ExceptionServices;

namespace MLExtensions.Trainers;

/// <content>Training of several networks whose mean is the model.</content>
public abstract partial class DeepMlpTrainer<TModel>
{
    /// <summary>Trains the members of an ensemble, side by side where the engine is the managed one and may take all processors.</summary>
    private TrainedModel<TModel> TrainEnsemble(ReadRows rows, EnsembleOptions ensemble, int seed, TrainingRun run)
    {
        var start = TimeProvider.System.GetTimestamp();
        var (splits, areFolds) = SplitsOf(rows, ensemble, seed);
        int[] withoutWeight = areFolds ? RowsWithoutWeight(rows) : [];
        var all = new RowSplit([.. splits.SelectMany(split => split.Training).Distinct().Order()], splits[0].Validation);
        var trained = new TrainedNetwork?[ensemble.Members];
        var quiet = run with { Warn = null };
        object gate = new();
        int begun = 0;
        int degree = run.Engine is ManagedEngine { Threads: 0 } ? Math.Min(ensemble.Members, Environment.ProcessorCount) : 1;
        try
        {
            Parallel.For(0, ensemble.Members, new ParallelOptions { MaxDegreeOfParallelism = degree }, member =>
            {
                var left = ensemble.TimeLimit - TimeProvider.System.GetElapsedTime(start);
                int number = Interlocked.Increment(ref begun);
                if (number > 1 && left <= TimeSpan.Zero)
                    return;

                // What is left is shared by those that are still to come, of which some train side by side.
                int rounds = (ensemble.Members - number + degree) / degree;

                // Targets are scaled alike for all, by all rows, or their mean would be of different units.
                var setup = _task.SetUp(rows.Data, all, rows.Label);
                trained[member] = TrainNetwork(rows, setup, splits[member], [.. splits[member].Validation, .. withoutWeight], MemberSeed(seed, member), (member == 0 ? run : quiet) with
                {
                    TimeLimit = left / rounds,
                    Log = message => Locked(gate, () => run.Log(Invariant($"member {member + 1} of {ensemble.Members}: {message}"))),
                });
            });
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        var members = trained.OfType<TrainedNetwork>().ToList();
        if (members.Count < ensemble.Members)
            run.Log(Invariant($"{Plural.Of(members.Count, "member")} of {ensemble.Members} trained within {ensemble.TimeLimit}."));
        var (network, weights) = EnsembleLayer.Of([.. members.Select(member => (member.Network, member.Weights))], _task.Mean);
        var heldOut = members.Select(member => member.HeldOut).OfType<HeldOutRows>().ToList();
        var history = members[0].History with { Members = [.. members.Select(member => member.History)] };
        var whole = new TrainedNetwork(network, weights, history)
        {
            HeldOut = heldOut.Count > 0 ? HeldOutRows.MeanOf(heldOut, _task.Mean) : null,
            HeldOutIsOfOneMember = !ReferenceEquals(splits[0], splits[^1]),
        };
        var finished = Finish(rows, _task.SetUp(rows.Data, all, rows.Label), whole);
        return areFolds ? finished with { OutOfFold = OutOfFoldPredictions.Of(finished.Model, whole.HeldOut!, heldOut, rows.Data.Weights, rows.Numbers, rows.ViewRows) } : finished;
    }

    private (RowSplit[] Splits, bool AreFolds) SplitsOf(ReadRows rows, EnsembleOptions ensemble, int seed)
    {
        var members = Enumerable.Range(0, ensemble.Members);
        var first = Split(rows, seed);
        if (first.Validation.Length == 0 || rows.TrainingRows < rows.Data.Rows)
            return ([.. members.Select(_ => first)], false);
        return HasFolds(rows, first)
            ? (RowFolds.Of([.. first.Training.Concat(first.Validation).Order()], ensemble.Members, _task.ClassesOf(rows.Data), new RandomStream(seed, "folds")), true)
            : ([.. members.Select(member => Split(rows, MemberSeed(seed, member)))], false);
    }

    // Rows are cut into folds where one network would set some aside.
    private bool HasFolds(ReadRows rows, RowSplit split) => Options.Ensemble is { Folds: true } && split.Validation.Length > 0 && rows.TrainingRows == rows.Data.Rows;

    // None of the members is trained on them.
    private static int[] RowsWithoutWeight(ReadRows rows) =>
        rows.Data.Weights is { } weights ? [.. Enumerable.Range(0, rows.TrainingRows).Where(row => weights[row] == 0)] : [];

    // The first member is the network that there would be alone.
    private static int MemberSeed(int seed, int member) => member == 0 ? seed : (int)RandomStream.Key(seed, Invariant($"member {member}"));

    private static void Locked(object gate, Action action)
    {
        lock (gate)
            action();
    }
}
