using System.Text.Json;

namespace MLExtensions.Tuning.Storage;

/// <summary>
/// The trials of a search, in memory and, where there is a path, in a file that other processes may work on, too. May be used from many threads.
/// </summary>
internal sealed class TrialStore : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, TrialRecord> _trials = [];
    private readonly DimensionList _dimensions;
    private readonly Action<string> _warn;
    private readonly Journal? _journal;
    private readonly WorkerMark? _mark;

    private TrialStore(string? path, SearchIdentity identity, DimensionList dimensions, Action<string> warn)
    {
        _dimensions = dimensions;
        _warn = warn;
        Seed = identity.Seed;
        if (path is null)
            return;

        _journal = new Journal(Path.GetFullPath(path), s_patience);
        _journal.Exchange(lines => Begin(lines, identity));
        _mark = WorkerMark.Create(_journal.Path);
    }

    /// <summary>The seed of the search: that of the file, where there was one.</summary>
    public int Seed { get; private set; }

    private string Worker => _mark?.Worker ?? "here";

    /// <summary>Opens a search, or begins one.</summary>
    /// <param name="path">The file; null for memory alone.</param>
    /// <param name="identity">What it must be about.</param>
    /// <param name="dimensions">What is chosen.</param>
    /// <param name="warn">Takes a message about lines that cannot be read.</param>
    /// <exception cref="InvalidOperationException">The file is of another search, or of none.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static TrialStore Open(string? path, SearchIdentity identity, DimensionList dimensions, Action<string> warn) => new(path, identity, dimensions, warn);

    /// <summary>All trials that are known, in the order of their numbers.</summary>
    public IReadOnlyList<TrialRecord> Trials
    {
        get
        {
            lock (_lock)
                return [.. _trials.Values];
        }
    }

    /// <summary>Takes up a trial: one that a worker has left undone, or a new one; null where none is to be.</summary>
    /// <param name="choose">Chooses the point of a new one, by all trials so far and its number; null to begin none.</param>
    public TrialRecord? Begin(Func<IReadOnlyList<TrialRecord>, int, SearchPoint?> choose)
    {
        TrialRecord? begun = null;
        Exchange(() =>
        {
            begun = Abandoned() is { } left ? left with { Worker = Worker } : New(choose);
            return begun is null ? [] : [begun];
        });
        return begun;
    }

    /// <summary>Notes how a trial ended: it is in the file when this returns.</summary>
    public void End(TrialRecord trial) => Exchange(() => [trial]);

    /// <summary>Reads what others have written.</summary>
    public void Refresh() => Exchange(() => []);

    public void Dispose() => _mark?.Dispose();

    private TrialRecord? New(Func<IReadOnlyList<TrialRecord>, int, SearchPoint?> choose)
    {
        int number = _trials.Count == 0 ? 1 : _trials.Keys.Last() + 1;
        return choose([.. _trials.Values], number) is { } point ? new TrialRecord(number, Worker, point) : null;
    }

    private TrialRecord? Abandoned() => _journal is null ? null
        : _trials.Values.FirstOrDefault(trial => trial.State == TrialState.Running && trial.Worker != Worker && !WorkerMark.Lives(_journal.Path, trial.Worker));

    private void Exchange(Func<IReadOnlyList<TrialRecord>> change)
    {
        lock (_lock)
        {
            if (_journal is null)
            {
                Enter(change());
                return;
            }
            _journal.Exchange(lines =>
            {
                Read(lines);
                var changed = change();
                Enter(changed);
                return [.. changed.Select(trial => TrialText.Write(trial, _dimensions))];
            });
        }
    }

    private IReadOnlyList<string> Begin(IReadOnlyList<string> lines, SearchIdentity identity)
    {
        if (lines.Count == 0)
            return [TrialText.Write(identity)];

        SearchIdentity found;
        try
        {
            found = TrialText.ReadIdentity(lines[0]);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"'{_journal!.Path}' holds no search: its first line is something else. Give TuningOptions.Store a path of its own.");
        }
        identity.Require(found, _journal!.Path);
        Seed = found.Seed;
        Read([.. lines.Skip(1)]);
        return [];
    }

    private void Read(IReadOnlyList<string> lines)
    {
        foreach (var (index, line) in lines.Index())
        {
            if (TrialText.ReadTrial(line, _dimensions) is { } trial)
                Enter([trial]);
            else
                _warn(Invariant($"line {_journal!.LinesRead - lines.Count + index + 1} of '{_journal.Path}' is no trial of this search, and was left out."));
        }
    }

    // One that has ended has ended: another worker that took it for left comes too late.
    private void Enter(IReadOnlyList<TrialRecord> trials)
    {
        foreach (var trial in trials)
        {
            if (!_trials.TryGetValue(trial.Number, out var known) || known.State == TrialState.Running)
                _trials[trial.Number] = trial;
        }
    }
}
