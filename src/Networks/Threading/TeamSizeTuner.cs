using System.Diagnostics;

namespace MLExtensions.Networks.Threading;

/// <summary>
/// Finds how many members of a team do a step fastest, by trying: small steps are done sooner by one thread than by
/// several that wait for each other, and so are all steps while other programs keep the processors busy. Results do not
/// depend on the number of members, so the choice may change at any time.
/// </summary>
internal sealed class TeamSizeTuner
{
    // A trial as short as this sees some ten small steps; with one trial in 40 times its length, a bad candidate costs 3 %.
    private static readonly long s_trialTicks = Stopwatch.Frequency / 1000;
    private const int TrialsPerUse = 40;

    // Where another program shares a processor, a team does well for some milliseconds and then waits as long for a member that
    // is not running. What counts is all rows in all time over several such turns, not what a lucky trial saw.
    private static readonly long s_memoryTicks = Stopwatch.Frequency / 50;
    private const int StepsOfMemory = 4;

    private readonly int[] _sizes;
    private readonly double[] _rows;
    private readonly double[] _ticks;
    private readonly Queue<int> _untried;
    private int _candidate;
    private int _lastTried;
    private int _best;
    private bool _isTrial = true;
    private bool _isFirst = true;
    private long _elapsed;
    private long _longestTrial;

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
        _untried = new Queue<int>(Enumerable.Range(1, _sizes.Length - 1));
    }

    /// <summary>The members for the next step.</summary>
    public int Members => _sizes[_candidate];

    /// <summary>The members that were fastest so far.</summary>
    public int FastestMembers => _sizes[_best];

    /// <summary>Takes note of a step done with <see cref="Members"/>.</summary>
    /// <param name="rows">The rows of the step.</param>
    /// <param name="ticks">How long it took, in ticks of <see cref="Stopwatch"/>.</param>
    public void Report(int rows, long ticks)
    {
        if (_sizes.Length == 1)
            return;

        // The first step wakes members that sleep and finds caches cold; it counts where it is long enough to be what it will cost.
        bool isWarmUp = _isFirst && ticks < s_trialTicks / 4;
        _isFirst = false;
        if (isWarmUp)
            return;

        Remember(rows, ticks);
        _elapsed += ticks;
        if (_isTrial && _elapsed >= s_trialTicks)
            EndTrial();
        else if (!_isTrial && _elapsed >= TrialsPerUse * _longestTrial)
            EndUse();
        else if (!_isTrial)
            Choose(_best);
    }

    private void Remember(int rows, long ticks)
    {
        double kept = 1 - ticks / (double)Math.Max(s_memoryTicks, StepsOfMemory * ticks);
        _rows[_candidate] = kept * _rows[_candidate] + rows;
        _ticks[_candidate] = kept * _ticks[_candidate] + ticks;
        for (int i = 0; i < _sizes.Length; i++)
        {
            if (_rows[i] * _ticks[_best] > _rows[_best] * _ticks[i])
                _best = i;
        }
    }

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
        _lastTried = (_lastTried + 1) % _sizes.Length;
        if (_lastTried == _best)
            _lastTried = (_lastTried + 1) % _sizes.Length;
        _isTrial = true;
        Choose(_lastTried);
    }

    private void Choose(int candidate)
    {
        _isFirst |= candidate != _candidate;
        _candidate = candidate;
    }
}
