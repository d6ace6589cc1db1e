using System.Runtime.ExceptionServices;

namespace MLExtensions.Tuning.Running;

/// <summary>Takes up trials, side by side, until the search is to end.</summary>
internal sealed class SearchLoop(TrialStore store, Objective objective, SearchBudget budget)
{
    // Each is held for a moment, and nothing waits in it: the store has a lock of its own, inside of which points are chosen.
    private readonly Lock _lock = new(), _endLock = new();
    private readonly HashSet<int> _entered = [];
    private SearchEnd? _end;
    private Exception? _failure;

    /// <summary>The most trials in all; null for any number.</summary>
    public int? MostTrials { get; init; }

    /// <summary>Whether the first trial is of the options as they were given.</summary>
    public bool TriesGivenOptions { get; init; }

    /// <summary>What trials have reached; null where nothing ends early.</summary>
    public Rungs? Rungs { get; init; }

    /// <summary>What trials have reached in their first fold; null where nothing ends early.</summary>
    public Rungs? FirstFolds { get; init; }

    /// <summary>Whether the search was cancelled.</summary>
    public required Func<bool> IsCanceled { get; init; }

    /// <summary>Is told of each trial that has ended, one at a time.</summary>
    public required Action<TrialRecord> Tell { get; init; }

    /// <summary>Runs the search.</summary>
    /// <param name="sampler">Chooses what to try.</param>
    /// <param name="atOnce">How many trials run at once.</param>
    /// <param name="run">Runs a trial; one that comes back running is left for another time.</param>
    public SearchEnd Run(Sampler sampler, int atOnce, Func<TrialRecord, TrialRecord> run)
    {
        List<Thread> threads = [.. Enumerable.Range(1, atOnce).Select(worker => new Thread(() => Work(sampler, run)) { IsBackground = true, Name = Invariant($"Trials {worker}") })];
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (_failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return _end!.Value;
    }

    private void Work(Sampler sampler, Func<TrialRecord, TrialRecord> run)
    {
        try
        {
            while (!MustEnd() && store.Begin((trials, number) => Choose(sampler, trials, number)) is { } trial)
                End(run(trial));
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
            Ended(SearchEnd.Canceled);
        }
    }

    private void End(TrialRecord trial)
    {
        if (trial.State == TrialState.Running)
            return;

        store.End(trial);
        EnterRungs();
        lock (_lock)
        {
            if (trial.State != TrialState.Failed)
                budget.Note(objective.LossOf(trial.Score), trial.Seconds / trial.Folds.Count);
            Tell(trial);
        }
    }

    private bool MustEnd()
    {
        EnterRungs();
        if (IsCanceled())
            Ended(SearchEnd.Canceled);
        else if (budget.IsOver)
            Ended(SearchEnd.TimeLimit);
        lock (_endLock)
            return _end is not null;
    }

    private SearchPoint? Choose(Sampler sampler, IReadOnlyList<TrialRecord> trials, int number)
    {
        if (trials.Count >= MostTrials)
            return Ended(SearchEnd.Trials);
        if (TriesGivenOptions && number == 1)
            return SearchPoint.Empty;
        var point = sampler.Next([.. trials.Select(trial => trial.Observed(objective.HigherIsBetter))], number);
        return point ?? Ended(SearchEnd.SpaceExhausted);
    }

    private SearchPoint? Ended(SearchEnd end)
    {
        lock (_endLock)
            _end = end == SearchEnd.Canceled ? end : _end ?? end;
        return null;
    }

    // Those of before and of other processes, too.
    private void EnterRungs()
    {
        if (Rungs is null)
            return;
        var trials = store.Trials;
        lock (_lock)
        {
            foreach (var trial in trials.Where(trial => trial.State is TrialState.Complete or TrialState.Stopped && _entered.Add(trial.Number)))
            {
                Rungs.Enter(trial.Number, trial.Rungs, trial.State == TrialState.Complete, trial.LastRung);
                if (trial.CameThroughFirstFold)
                    FirstFolds?.Enter(trial.Number, 0, objective.LossOf(trial.Folds[0]));
            }
        }
    }
}
