namespace MLExtensions.Tuning.Running;

/// <summary>Watches the first training of a trial, epoch by epoch, and says when it is to end. Told of it on the thread of the training.</summary>
/// <param name="number">The number of the trial.</param>
/// <param name="rungs">What others have reached; null where nothing ends early.</param>
/// <param name="lossOf">What an epoch has reached, lower is better.</param>
internal sealed class EpochWatch(int number, Rungs? rungs, Func<EpochReport, double> lossOf) : TrainingMonitor
{
    private readonly Dictionary<int, double> _reached = [];
    private volatile bool _mustStop;
    private bool _isWatching;

    /// <summary>Whether the trial is to end: others had reached more.</summary>
    public bool MustStop => _mustStop;

    /// <summary>The best epoch so far; NaN where there was none.</summary>
    public double Best { get; private set; } = double.NaN;

    /// <summary>The number of epochs so far.</summary>
    public int Epochs { get; private set; }

    /// <summary>The best epoch so far at each rung.</summary>
    public IReadOnlyDictionary<int, double> Reached => _reached;

    /// <inheritdoc/>
    public override TrainingTrack Begin(TrainingStart start)
    {
        // Further folds and members come after it, or beside it, and are no trials of their own.
        bool isFirst = !_isWatching && start.Member == 1 && !start.IsRefit;
        _isWatching |= isFirst;
        return new Track(isFirst ? this : null);
    }

    private void Note(EpochReport epoch)
    {
        double loss = lossOf(epoch);
        Epochs = epoch.Epoch;
        Best = double.IsNaN(Best) || loss < Best ? loss : Best;
        if (rungs?.At(epoch.Epoch) is not { } rung)
            return;
        _reached[epoch.Epoch] = Best;
        _mustStop = !rungs.MayGoOn(number, rung, Best);
    }

    private sealed class Track(EpochWatch? watch) : TrainingTrack
    {
        public override void Report(EpochReport epoch) => watch?.Note(epoch);
    }
}
