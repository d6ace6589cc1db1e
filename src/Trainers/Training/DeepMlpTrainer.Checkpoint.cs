namespace MLExtensions.Trainers;

/// <content>Where a training is kept while it runs, and how it is stopped from outside.</content>
public abstract partial class DeepMlpTrainer<TModel>
{
    private volatile bool _wasStopped;

    /// <summary>Lets Ctrl+C end the training with the best so far, where options ask for it.</summary>
    private StopSignal? ListenForStop(ref TrainingRun run)
    {
        if (!Options.StopOnCtrlC)
            return null;
        if (_wasStopped)
            throw new OperationCanceledException("The trainer was stopped by Ctrl+C, and trains no more: make a new one to train again.");

        var warn = run.Warn;
        var signal = new StopSignal(() =>
        {
            _wasStopped = true;
            warn?.Invoke("stopped by a signal: the best weights so far are taken. A second signal ends the program.");
        });
        run = run with { IsStopped = () => signal.IsReceived };
        return signal;
    }

    /// <summary>Opens the folder in which the fit is kept, where options name one.</summary>
    private FitCheckpoints? OpenCheckpoints(ref TrainingRun run)
    {
        if (Options.Checkpoint is not { } options || !run.Tells)
            return null;

        var checkpoints = new FitCheckpoints(options, run.Fit, run.Clock) { Log = run.Log, Warn = run.Warn ?? run.Log };
        run = run with { Checkpoints = checkpoints };
        return checkpoints;
    }

    /// <summary>Finds what was kept of a network's training, which its plan then goes on from.</summary>
    private NetworkCheckpoints? BeginCheckpoints(ref TrainingPlan plan, TrainingRun run, bool isRefit)
    {
        var identity = run.Checkpoints is null && run.Ranks is null ? null : TrainingIdentity.Of(plan, Options, run.Engine.Name);
        if (run.Ranks is { } ranks)
            RankIdentity.Require(ranks, identity!, SoftwareName.Current, Options.RowMemory?.MaximumBytes);
        var checkpoints = run.Checkpoints?.Begin(NetworkName(run.Member, isRefit), identity!);
        var kept = run.Ranks is null ? checkpoints?.Resume : run.Ranks.OfFirst(checkpoints?.Resume);
        if (kept is not { } state)
            return checkpoints;

        // What is left of an ensemble's time is counted from now, the network's own from its beginning.
        if (plan.TimeLimit is not null && run.TimeLimit is { } left)
            plan = plan with { TimeLimit = new[] { Options.EarlyStopping?.TimeLimit, left + TrainingLoop.TimeOf(state) }.Min() };
        plan = plan with { Resume = state };
        return checkpoints;
    }

    private static string NetworkName(int member, bool isRefit) => Invariant($"member-{member}{(isRefit ? "-refit" : "")}");
}
