using System.Diagnostics;

namespace MLExtensions.Networks.Threading;

/// <summary>
/// Finds how many members of a team do a step fastest, and what they best share, by trying: small steps are done sooner by one thread than by
/// several that wait for each other, and so are all steps while other programs keep the processors busy; where weights are many and rows
/// few, it takes less to hand over units. Results do not depend on the shape of the team, so the choice may change at any time.
/// </summary>
internal sealed class TeamTuner
{
    // A trial as short as this sees some ten small steps; with one trial in 40 times its length, a bad candidate costs 3 %. There are
    // more at first, while the runtime still compiles and nothing is as it will be, and when another shape comes out best: it may have
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

    private readonly TeamShape[] _shapes;
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

    /// <summary>Starts with a trial of each shape: of 1, 2, 4, and so on up to all members.</summary>
    /// <param name="teamSize">The members of the team.</param>
    /// <param name="canShareUnits">Whether members can share units as well as rows.</param>
    public TeamTuner(int teamSize, bool canShareUnits = false)
    {
        var sizes = new List<int>();
        for (int size = 2; size / 2 < teamSize; size *= 2)
            sizes.Add(Math.Min(size, teamSize));
        int kinds = canShareUnits ? 2 : 1;
        _shapes = new TeamShape[1 + sizes.Count * kinds];
        _shapes[0] = new(1, SharesUnits: false);
        for (int i = 1; i < _shapes.Length; i++)
            _shapes[i] = new(sizes[(i - 1) / kinds], SharesUnits: (i - 1) % kinds == 1);
        _rows = new double[_shapes.Length];
        _ticks = new double[_shapes.Length];
        _hasBegun = new bool[_shapes.Length];
        _untried = new Queue<int>(Enumerable.Range(1, _shapes.Length - 1));
    }

    /// <summary>The shape for the next step.</summary>
    public TeamShape Shape => _shapes[_candidate];

    /// <summary>The shape that was fastest so far.</summary>
    public TeamShape Fastest => _shapes[_best];

    /// <summary>Takes note of a step.</summary>
    /// <param name="shape">The shape that did it: <see cref="Shape"/>, or one of fewer members where there was not work or room for as many.</param>
    /// <param name="rows">The rows of the step.</param>
    /// <param name="ticks">How long it took, in ticks of <see cref="Stopwatch"/>.</param>
    public void Report(TeamShape shape, int rows, long ticks)
    {
        if (_shapes.Length == 1)
            return;

        int tried = _candidate;
        while (_shapes[tried].Members > shape.Members || (_shapes[tried].SharesUnits != shape.SharesUnits && tried > 0))
            tried--;

        // A shape's very first step compiles code and starts threads. The first of a trial wakes members that sleep, which in a virtual machine
        // may take as long as a trial, and finds caches cold; it counts where it may be what it will cost, or is a wait for another program.
        long warmUp = !_hasBegun[tried] ? s_compilationTicks : ticks > WakingSteps * ExpectedTicks(rows) ? s_trialTicks : s_trialTicks / 4;
        bool isWarmUp = (_isFirst || !_hasBegun[tried]) && ticks < warmUp;
        _hasBegun[tried] = true;
        _isFirst = false;
        if (isWarmUp)
            return;

        Remember(tried, rows, ticks);
        _elapsed += ticks;
        if (_isTrial && _elapsed >= s_trialTicks)
            EndTrial();
        else if (!_isTrial && _elapsed >= _trialsPerUse * _longestTrial)
            EndUse();
        else if (!_isTrial)
            Choose(_best);
    }

    private void Remember(int shape, int rows, long ticks)
    {
        double kept = 1 - ticks / (double)Math.Max(s_memoryTicks, StepsOfMemory * ticks);
        _rows[shape] = kept * _rows[shape] + rows;
        _ticks[shape] = kept * _ticks[shape] + ticks;
        for (int i = 0; i < _shapes.Length; i++)
        {
            if (_rows[i] * _ticks[_best] <= _rows[_best] * _ticks[i])
                continue;
            _best = i;
            _trialsPerUse = TrialsPerFirstUse;
        }
    }

    // By the best shape; without bounds as long as nothing is known.
    private double ExpectedTicks(int rows) => _rows[_best] > 0 ? rows * _ticks[_best] / _rows[_best] : double.PositiveInfinity;

    // At first all shapes are tried in turn.
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
        _lastTried = (_lastTried + 1) % _shapes.Length;
        if (_lastTried == _best)
            _lastTried = (_lastTried + 1) % _shapes.Length;
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
