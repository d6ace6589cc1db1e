namespace MLExtensions.Trainers;

/// <content>Training of several networks whose mean is the model.</content>
public abstract partial class DeepMlpTrainer<TModel>
{
    /// <summary>Trains the members of an ensemble, and makes a model of their mean.</summary>
    private TrainedModel<TModel> TrainEnsemble(ReadRows rows, RowSplit first, EnsembleOptions ensemble, int seed, TrainingRun run)
    {
        var (splits, areFolds) = SplitsOf(rows, first, ensemble, seed, run.Warn);
        int[] withoutWeight = areFolds ? RowsWithoutWeight(rows) : [];
        var all = new RowSplit(RowMarks.Union(rows.Data.Rows, splits.SelectMany(split => Refits(rows) ? new[] { split.Training, split.Validation } : [split.Training])), splits[0].Validation);
        var kinds = Kinds(ensemble);
        run = StartMembers(rows, all, kinds, ensemble.Members, run);
        var training = new EnsembleTraining(rows, all, splits, kinds, ensemble, seed, run);
        int[] asked = [.. Enumerable.Range(0, ensemble.Members).Where(member => run.Previous is not { } previous || previous[member] is not null)];
        var begun = training.OfEach(asked, (member, kind, setup, own) =>
        {
            var network = kind.TrainNetwork(rows, setup, splits[member], [.. splits[member].Validation, .. withoutWeight], MemberSeed(seed, member), own) with { Member = member };
            return ensemble.SelectsKinds ? network : training.Again(network, kind, setup, own);
        }, before: _ => null);

        var members = Finished(begun, asked.Length, ensemble, run);
        var leftOut = new List<TrainingHistory>();
        if (ensemble.SelectsKinds)
        {
            (members, leftOut) = training.Select(members, _task);
            var once = members.ToDictionary(network => network.Member);
            members = training.OfEach([.. once.Keys], (member, kind, setup, own) => training.Again(once[member], kind, setup, own), before: member => once[member]);
        }

        bool isOne = IsOneNetwork(members, ensemble, run.Warn);
        var (network, weights) = isOne ? (members[0].Network, members[0].Weights) : EnsembleLayer.Of([.. members.Select(member => (member.Network, member.Weights))], _task.Mean);
        var heldOut = members.Select(member => member.HeldOut).OfType<HeldOutRows>().ToList();
        var history = members[0].History with { Members = isOne ? [] : [.. members.Select(member => member.History)], LeftOut = leftOut };
        var whole = new TrainedNetwork(network, weights, history)
        {
            HeldOut = heldOut.Count > 0 ? HeldOutRows.MeanOf(heldOut, _task.Mean) : null,
            Members = members.Count,
            HeldOutMembers = members.Count(member => ReferenceEquals(splits[member.Member], splits[members[0].Member])),
        };
        var finished = Finish(rows, _task.SetUp(rows.Data, all, rows.Label), whole);
        return areFolds ? finished with { OutOfFold = OutOfFoldPredictions.Of(finished.Model, whole.HeldOut!, heldOut, rows.Data.Weights, rows.Numbers, rows.ViewRows) } : finished;
    }

    /// <summary>
    /// The members that are averaged: those that neither the time limit nor a cancellation ended, since one trained halfway would take more from the
    /// mean than it gives; where all were ended, all that were trained.
    /// </summary>
    private static List<TrainedNetwork> Finished(List<TrainedNetwork> begun, int asked, EnsembleOptions ensemble, TrainingRun run)
    {
        var finished = begun.FindAll(member => member.History.StopReason is not (StopReason.TimeLimit or StopReason.Canceled));
        bool ends = run.Decide(run.Ends);
        if (finished.Count == asked || (!ends && ensemble.TimeLimit is null))
            return begun;

        run.Log(Invariant($"{Plural.Of(finished.Count, "member")} of {asked} finished {(ends ? "before the training was cancelled" : Invariant($"within {ensemble.TimeLimit}"))}."));
        if (finished.Count > 0)
            return finished;
        if (ends)
            return begun.Exists(member => member.History.BestEpoch > 0) ? begun.FindAll(member => member.History.BestEpoch > 0) : begun;
        run.Warn?.Invoke(Invariant($"the time limit of {ensemble.TimeLimit} ended the training of {(begun.Count == 1 ? "the only member" : $"all {begun.Count} members")} that it allowed before it was done, after {begun.Max(member => member.History.Epochs.Count)} epochs. ") +
            "Give it more time, or choose a network that trains faster: DeepMlpOptions.Quick, or no options.");
        return begun;
    }

    /// <summary>Whether one network of several kinds is left, which then is the model; unless a spread is asked of it that it has not.</summary>
    private bool IsOneNetwork(List<TrainedNetwork> members, EnsembleOptions ensemble, Action<string>? warn)
    {
        if (!ensemble.SelectsKinds || members.Count > 1)
            return false;
        if (Options.ScoreStandardDeviation is null || MemberScorers.CanBeSeveral(members[0].Network))
            return true;
        warn?.Invoke("one network without dropout is left of the ensemble, and ScoreStandardDeviation is 0 for all rows: ask for more Members, so that there are several of each kind.");
        return false;
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
        if (first.Validation.Length == 0 && ensemble.SelectsKinds)
            warn?.Invoke("Ensemble.SelectsKinds has no effect, since no rows are set aside: all kinds of members are kept. Let EarlyStopping watch validation rows, or say SelectsKinds = false.");
        if (first.Validation.Length == 0 || rows.TrainingRows < rows.Data.Rows || rows.SplitIsGiven || Options.EarlyStopping!.ValidationRows.IsFixed)
            return ([.. members.Select(_ => first)], false);

        bool areFolds = HasFolds(rows, first);
        // Kinds are compared on rows that none of them has trained on. Where nothing is trained again, rows that several set aside would be missed.
        int sharing = ensemble.SelectsKinds && (areFolds || Refits(rows)) ? ensemble.Kinds : 1, count = (ensemble.Members + sharing - 1) / sharing;
        IReadOnlyList<RowSplit> own = areFolds
            ? Options.EarlyStopping!.ValidationRows.Folds(ToSplit(rows, [.. first.Training.Concat(first.Validation).Order()], Options.EarlyStopping.ValidationFraction, new RandomStream(seed, "folds")), count)
            : [.. Enumerable.Range(0, count).Select(index => Split(rows, MemberSeed(seed, index)))];
        return ([.. members.Select(member => own[member / sharing])], areFolds);
    }

    // Rows are cut into folds where one network would set some aside.
    private bool HasFolds(ReadRows rows, RowSplit split) => Options.Ensemble is { Folds: true } && split.Validation.Length > 0 && rows.TrainingRows == rows.Data.Rows && !rows.SplitIsGiven;

    // None of the members is trained on them.
    private static int[] RowsWithoutWeight(ReadRows rows) =>
        rows.Data.Weights is { } weights ? RowMarks.Where(rows.TrainingRows, row => weights[row] == 0) : [];

    // The first member is the network that there would be alone.
    private static int MemberSeed(int seed, int member) => member == 0 ? seed : (int)RandomStream.Key(seed, Invariant($"member {member}"));
}
