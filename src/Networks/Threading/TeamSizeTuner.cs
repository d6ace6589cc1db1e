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

    private readonly int[] _sizes;
    private readonly double[] _rowsPerTick;
    private int _candidate;
    private int _best;
    private bool _isTrial = true;
    private long _ticks;
    private long _rows;
    private long _longestTrial;

    /// <summary>Starts with a trial of each size: 1, 2, 4, and so on up to the team's.</summary>
    /// <param name="teamSize">The members of the team.</param>
    public TeamSizeTuner(int teamSize)
    {
        var sizes = new List<int>();
        for (int size = 1; size < teamSize; size *= 2)
            sizes.Add(size);
        _sizes = [.. sizes, teamSize];
        _rowsPerTick = new double[_sizes.Length];
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
        _rows += rows;
        _ticks += ticks;
        if (_sizes.Length == 1 || _ticks < (_isTrial ? s_trialTicks : TrialsPerUse * _longestTrial))
            return;

        // Half of what was known before: one trial may have been disturbed, and conditions change.
        double rate = (double)_rows / Math.Max(1, _ticks);
        double known = _rowsPerTick[_candidate];
        _rowsPerTick[_candidate] = known == 0 ? rate : (known + rate) / 2;
        _best = Array.IndexOf(_rowsPerTick, _rowsPerTick.Max());
        if (_isTrial)
            _longestTrial = Math.Max(_longestTrial, _ticks);
        Next();
        _rows = 0;
        _ticks = 0;
    }

    // Trials of all sizes but the best, which its use has measured, then its use again.
    private void Next()
    {
        int next = _isTrial ? _candidate + 1 : 0;
        if (next == _best && _rowsPerTick[next] > 0)
            next++;
        if (!_isTrial)
            _longestTrial = s_trialTicks;
        _isTrial = next < _sizes.Length;
        _candidate = _isTrial ? next : _best;
    }
}
