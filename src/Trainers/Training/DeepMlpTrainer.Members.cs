using System.Runtime.ExceptionServices;

namespace MLExtensions.Trainers;

/// <content>The trainings of the members of one ensemble.</content>
public abstract partial class DeepMlpTrainer<TModel>
{
    /// <summary>What the trainings of the members of one ensemble share.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="all">Those that any member trains on, by which targets are scaled alike for all, or their mean would be of different units.</param>
    /// <param name="splits">The rows that each member trains and validates on.</param>
    /// <param name="kinds">The trainers that members take turns with.</param>
    /// <param name="ensemble">The options.</param>
    /// <param name="seed">The seed of the ensemble.</param>
    /// <param name="run">The engine, and who is told.</param>
    private sealed class EnsembleTraining(ReadRows rows, RowSplit all, RowSplit[] splits, List<DeepMlpTrainer<TModel>> kinds, EnsembleOptions ensemble, int seed, TrainingRun run)
    {
        private readonly long _start = run.Clock.GetTimestamp();
        private readonly object _gate = new();

        /// <summary>Trains members, side by side where the engine is the managed one and may take all processors.</summary>
        /// <param name="members">Their numbers, counted from 0.</param>
        /// <param name="train">Trains one, of a kind.</param>
        /// <param name="before">What there is of a member where it is not trained: null for nothing.</param>
        /// <returns>What there is, in the order of their numbers.</returns>
        public List<TrainedNetwork> OfEach(IReadOnlyList<int> members, Func<int, DeepMlpTrainer<TModel>, TaskSetup<TModel>, TrainingRun, TrainedNetwork> train, Func<int, TrainedNetwork?> before)
        {
            TrainedNetwork?[] trained = [.. members.Select(before)];
            int begun = 0;
            // Each has rows of its own in memory while it is trained.
            int degree = kinds[0].Options.RowMemory is null && run.Engine is ManagedEngine { Threads: 0 } && run.Ranks is null ? Math.Min(members.Count, Environment.ProcessorCount) : 1;
            try
            {
                Parallel.For(0, members.Count, new ParallelOptions { MaxDegreeOfParallelism = degree }, _ =>
                {
                    // One after the other, whichever thread comes: where there is time for some alone, they are of all kinds.
                    int place = Interlocked.Increment(ref begun) - 1, member = members[place];
                    var left = ensemble.TimeLimit - run.Clock.GetElapsedTime(_start) - (run.Checkpoints?.TimeBefore ?? TimeSpan.Zero);
                    if (member > 0 && run.Decide((left <= TimeSpan.Zero || kinds[0].EndsWithTheBest(run)) && run.Checkpoints?.Has(NetworkName(member + 1, isRefit: false)) != true))
                        return;

                    var kind = kinds[member % kinds.Count];
                    var own = (member <= ensemble.AlternatesWith.Count ? run : run with { Warn = null }) with { TimeLimit = left, Member = member + 1, ScoresHeldOutRows = ensemble.SelectsKinds, Log = message => Tell(member, message) };
                    try
                    {
                        var network = train(member, kind, kind._task.SetUp(rows.Data, all, rows.Label), own);
                        trained[place] = kinds.Count == 1 ? network : network with { History = network.History with { Options = OptionText.All(kind.Options) } };
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
            return [.. trained.OfType<TrainedNetwork>()];
        }

        /// <summary>Trains a network a second time, on all rows, where options ask for it and there is time.</summary>
        public TrainedNetwork Again(TrainedNetwork first, DeepMlpTrainer<TModel> kind, TaskSetup<TModel> setup, TrainingRun own) => kind.MayRefit(rows, first.History, own)
            ? kind.Refit(rows, setup, splits[first.Member], first, MemberSeed(seed, first.Member), own) with { Member = first.Member }
            : first;

        /// <summary>Leaves out kinds without which the mean is better.</summary>
        /// <param name="members">What was trained, with what it gives for held-out rows.</param>
        /// <param name="task">The task of the mean.</param>
        /// <returns>The members that are kept, and how the trainings of the others went.</returns>
        public (List<TrainedNetwork> Kept, List<TrainingHistory> LeftOut) Select(List<TrainedNetwork> members, MlpTask<TModel> task)
        {
            if (members.Exists(member => member.HeldOut is null))
                return (members, []);
            var setup = task.SetUp(rows.Data, all, rows.Label);
            var byKind = members.GroupBy(KindOf).Select(kind => kind.ToList()).ToList();
            var choice = KindSelection.Of([.. byKind.Select(kind => kind.ConvertAll(member => member.HeldOut!.WithWeight(rows.Data.Weights)))], task.Mean,
                heldOut => RowLosses.Of(setup.Evaluator.Loss, setup.Data, heldOut.Rows, heldOut.Outputs, setup.Outputs),
                // They keep training rows, and are slow.
                costly: [.. byKind.Index().Where(kind => kind.Item[0].Network.Layers.Any(layer => layer is NeighborMeansLayer)).Select(kind => kind.Index)]);
            foreach (var one in choice.LeftOut)
            {
                var kind = byKind[one.Kind];
                string numbers = string.Join(", ", kind.Select(member => Invariant($"{member.Member + 1}")));
                run.Log(Invariant($"left out: member{(kind.Count > 1 ? "s" : "")} {numbers}: on {Plural.Of(one.Rows, "row")} held out the loss of the mean is {one.With:F5} with, {one.Without:F5} without."));
            }
            if (choice.LeftOut.Count == 0 && byKind.Count > 1)
                run.Log(choice.Rows == 0 ? "all kinds of members are kept: no row was held out by all of them." : Invariant($"all kinds of members are kept, by {Plural.Of(choice.Rows, "row")} held out."));
            var kept = byKind.Index().Where(kind => choice.LeftOut.All(one => one.Kind != kind.Index)).SelectMany(kind => kind.Item).ToHashSet(ReferenceEqualityComparer.Instance);
            return (members.FindAll(kept.Contains), [.. members.Where(member => !kept.Contains(member)).Select(member => member.History)]);
        }

        // Embeddings of numbers that there are none of, for example, make no other kind.
        private string KindOf(TrainedNetwork member)
        {
            var options = OptionText.All(kinds[member.Member % kinds.Count].Options).Where(option => option.Name is not (nameof(MlpOptions.NumberEmbedding) or nameof(MlpOptions.NeighborMeans)));
            return string.Join('\n', [.. member.Network.Layers.Select(layer => $"{layer}"), .. options.Select(option => option.Value)]);
        }

        private void Tell(int member, string message)
        {
            lock (_gate)
                run.Log(Invariant($"member {member + 1} of {ensemble.Members}: {message}"));
        }
    }
}
