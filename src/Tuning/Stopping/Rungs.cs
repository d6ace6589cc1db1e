namespace MLExtensions.Tuning.Stopping;

/// <summary>What trials had reached at each rung, lower is better. May be used from many threads.</summary>
internal sealed class Rungs(AshaOptions options)
{
    private readonly Lock _lock = new();
    private readonly List<Dictionary<int, double>> _rungs = [];

    /// <summary>The number of the rung of an epoch, counted from 0; null where it has none.</summary>
    public int? At(int epoch)
    {
        long epochs = options.MinimumEpochs;
        for (int rung = 0; epochs <= epoch; rung++, epochs *= options.ReductionFactor)
        {
            if (epochs == epoch)
                return rung;
        }
        return null;
    }

    /// <summary>Notes what a trial has reached, and tells whether it may go on.</summary>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="rung">The rung.</param>
    /// <param name="loss">The best of its epochs so far; NaN is worse than any.</param>
    public bool MayGoOn(int trial, int rung, double loss)
    {
        lock (_lock)
        {
            var reached = Note(trial, rung, loss);
            int better = reached.Values.Count(other => other < Known(loss));
            return better < Math.Max(1, reached.Count / options.ReductionFactor) && !double.IsNaN(loss);
        }
    }

    /// <summary>Notes a trial that is over.</summary>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="losses">The best of its epochs so far after as many as the key says.</param>
    /// <param name="cameToItsEnd">
    /// Whether it was not stopped: then it stands at all further rungs with what it reached at last, or those who train for longer would be compared with one another alone.
    /// </param>
    /// <param name="last">That.</param>
    public void Enter(int trial, IReadOnlyDictionary<int, double> losses, bool cameToItsEnd, double last)
    {
        lock (_lock)
        {
            int reached = -1;
            foreach (var (epoch, loss) in losses)
            {
                if (At(epoch) is not { } rung)
                    continue;
                Note(trial, rung, loss);
                reached = Math.Max(reached, rung);
            }
            for (int rung = reached + 1; cameToItsEnd && rung < MostRungs; rung++)
                Note(trial, rung, last);
        }
    }

    /// <summary>Notes what a trial that is over had reached at one rung.</summary>
    public void Enter(int trial, int rung, double loss)
    {
        lock (_lock)
            Note(trial, rung, loss);
    }

    // 3, 9, 27 ... 59,049 epochs: further than trainings go.
    private const int MostRungs = 10;

    private Dictionary<int, double> Note(int trial, int rung, double loss)
    {
        while (_rungs.Count <= rung)
            _rungs.Add([]);
        _rungs[rung][trial] = Known(loss);
        return _rungs[rung];
    }

    private static double Known(double loss) => double.IsNaN(loss) ? double.PositiveInfinity : loss;
}
