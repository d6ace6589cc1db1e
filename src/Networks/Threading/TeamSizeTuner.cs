using System.Diagnostics;

namespace MLExtensions.Networks.Threading;

/// <summary>
/// Finds how many members of a team do a step fastest, by trying: small steps are done sooner by one thread than by
/// several that wait for each other, and so are all steps while other programs keep the processors busy. Results do not
/// depend on the number of members, so the choice may change at any time.
/// </summary>
internal sealed class TeamSizeTuner
{
    // A trial as short as this sees some ten small steps; with one trial in 40 times its length, a bad candidate costs 3 %. There are
    // more at first, while the runtime still compiles and nothing is as it will be, and when another size comes out best: it may have
    // been a moment's interruption.
    private static readonly long s_trialTicks = Stopwatch.Frequency / 1000;
    private const int TrialsPerUse = 40;
    private const int TrialsPerFirstUse = 5;

    // Where another program shares a processor, a team does well for some milliseconds and then waits as long for a member that
    // is not running. What counts is all rows in all time over several such turns, not what a lucky trial saw.
    private static readonly long s_memoryTicks = Stopwatch.Frequency / 50;
    private const int StepsOfMemory = 4;

    // How long compilation may take, and how many times a step one that wakes members.
    private static readonly long s_compilationTicks = Stopwatch.Frequency / 5;
    private const int WakingSteps = 4;

    // What is not in use is known by its trials alone, a few of which must do to see that something has changed.
    private static readonly long s_trialMemoryTicks = 4 * s_trialTicks;

    private readonly int[] _sizes;
    private readonly double[] _rows;
    private readonly double[] _ticks;
    private readonly bool[] _hasBegun;
    private readonly Queue<int> _untried;
    private int _candidate;
    private int _lastTried;
    private int _best;
    private bool _isTrial = true;
    private bool _isFirst = true;
    private long _elapsed;
    private long _longestTrial;
    private int _trialsPerUse = TrialsPerFirstUse;

    /// <summary>Starts with a trial of each size: 1, 2, 4, and so on up to the team's.</summary>
    /// <param name="teamSize">The members of the team.</param>
    public TeamSizeTuner(int teamSize)
    {
        var sizes = new List<int>();
        for (int size = 1; size < teamSize; size *= 2)
            sizes.Add(size);
        _sizes = [.. sizes, teamSize];
        _rows = new double[_sizes.Length];
        _ticks = new double[_sizes.Length];
        _hasBegun = new bool[_sizes.Length];
        _untried = new Queue<int>(Enumerable.Range(1, _sizes.Length - 1));
    }

    /// <summary>The members for the next step.</summary>
    public int Members => _sizes[_candidate];

    /// <summary>The members that were fastest so far.</summary>
    public int FastestMembers => _sizes[_best];

    /// <summary>Takes note of a step.</summary>
    /// <param name="members">The members that did it: <see cref="Members"/>, or fewer where there was not work or room for as many.</param>
    /// <param name="rows">The rows of the step.</param>
    /// <param name="ticks">How long it took, in ticks of <see cref="Stopwatch"/>.</param>
    public void Report(int members, int rows, long ticks)
    {
        if (_sizes.Length == 1)
            return;

        int size = _candidate;
        while (_sizes[size] > members)
            size--;

        // A size's very first step compiles code and starts threads. The first of a trial wakes members that sleep, which in a virtual machine
        // may take as long as a trial, and finds caches cold; it counts where it may be what it will cost, or is a wait for another program.
        long warmUp = !_hasBegun[size] ? s_compilationTicks : ticks > WakingSteps * ExpectedTicks(rows) ? s_trialTicks : s_trialTicks / 4;
        bool isWarmUp = (_isFirst || !_hasBegun[size]) && ticks < warmUp;
        _hasBegun[size] = true;
        _isFirst = false;
        if (isWarmUp)
            return;

        Remember(size, rows, ticks);
        _elapsed += ticks;
        if (_isTrial && _elapsed >= s_trialTicks)
            EndTrial();
        else if (!_isTrial && _elapsed >= _trialsPerUse * _longestTrial)
            EndUse();
        else if (!_isTrial)
            Choose(_best);
    }

    private void Remember(int size, int rows, long ticks)
    {
        double kept = 1 - ticks / (double)Math.Max(s_memoryTicks, StepsOfMemory * ticks);
        _rows[size] = kept * _rows[size] + rows;
        _ticks[size] = kept * _ticks[size] + ticks;
        for (int i = 0; i < _sizes.Length; i++)
        {
            if (_rows[i] * _ticks[_best] <= _rows[_best] * _ticks[i])
                continue;
            _best = i;
            _trialsPerUse = TrialsPerFirstUse;
        }
    }

    // By the best size; without bounds as long as nothing is known.
    private double ExpectedTicks(int rows) => _rows[_best] > 0 ? rows * _ticks[_best] / _rows[_best] : double.PositiveInfinity;

    // At first all sizes are tried in turn.
    private void EndTrial()
    {
        _longestTrial = Math.Max(_longestTrial, _elapsed);
        _elapsed = 0;
        _isTrial = _untried.TryDequeue(out int next);
        Choose(_isTrial ? next : _best);
    }

    // Then one after each use of the best, which its use has measured.
    private void EndUse()
    {
        _elapsed = 0;
        _longestTrial = s_trialTicks;
        _trialsPerUse = Math.Min(2 * _trialsPerUse, TrialsPerUse);
        _lastTried = (_lastTried + 1) % _sizes.Length;
        if (_lastTried == _best)
            _lastTried = (_lastTried + 1) % _sizes.Length;
        _isTrial = true;
        Choose(_lastTried);
    }

    private void Choose(int candidate)
    {
        if (candidate == _candidate)
            return;

        double kept = Math.Min(1, s_trialMemoryTicks / Math.Max(1, _ticks[_candidate]));
        _rows[_candidate] *= kept;
        _ticks[_candidate] *= kept;
        _isFirst = true;
        _candidate = candidate;
    }
}
