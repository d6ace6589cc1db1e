namespace MLExtensions.Progress.Texts;

/// <summary>What can be said of one training at any time.</summary>
/// <param name="start">What is trained.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class TrainingView(TrainingStart start, TimeProvider clock)
{
    // The first steps are slow: code is compiled, memory is filled.
    private static readonly TimeSpan s_untilSteady = TimeSpan.FromSeconds(2);

    private readonly long _started = clock.GetTimestamp();
    private int _epochs;
    private double _share;
    private EpochReport? _last;
    private EpochReport? _best;

    /// <summary>What is trained.</summary>
    public TrainingStart Start => start;

    /// <summary>The training by name, such as <c>Fit 2</c>, or that of the member of an ensemble.</summary>
    public string Name => $"{(start.Members > 1 ? $"member {start.Member}" : FitName)}{(start.IsRefit ? ", again on all rows" : "")}";

    /// <summary>The name in a line of its own: a member of an ensemble stands indented below the name of the whole.</summary>
    public string LineName => $"{(start.Members > 1 ? "  " : "")}{Name}";

    /// <summary>The name of the fit: that of the part of the work it is, or under its title where it has one.</summary>
    public string FitName => start switch
    {
        { Title: null } => Invariant($"Fit {start.Fit}"),
        { Series: { Count: not 1 } series } when start.Title == series.Name => Invariant($"{series.Unit} {start.Fit}"),
        { Fit: 1 } => start.Title,
        _ => Invariant($"{start.Title}, fit {start.Fit}"),
    };

    /// <summary>The share of the training that is done if no epoch is saved, from 0 to 1.</summary>
    public double Share => Math.Min(1, (_epochs + _share) / start.Epochs);

    /// <summary>How long the training has lasted.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(_started);

    /// <summary>Takes note of a step.</summary>
    public void Note(StepReport step) => _share = (double)step.Batch / step.Batches;

    /// <summary>Takes note of an epoch.</summary>
    public void Note(EpochReport epoch)
    {
        (_epochs, _share, _last) = (epoch.Epoch, 0, epoch);
        if (epoch.IsBest)
            _best = epoch;
    }

    /// <summary>Where the training is: epoch, speed, the time left if it is not stopped early.</summary>
    public string Place
    {
        get
        {
            double rows = (_epochs + _share) * start.TrainingRows;
            string speed = rows > 0 && Elapsed > TimeSpan.Zero ? $", {NumberText.Whole(Rounded(rows / Elapsed.TotalSeconds))} rows/s" : "";
            return Invariant($"epoch {Math.Min(start.Epochs, _epochs + (_share > 0 || _epochs == 0 ? 1 : 0))} of {start.Epochs}{speed}{(Left is { } left ? $", at most {NumberText.Time(left)} left" : "")}");
        }
    }

    /// <summary>The losses and the metric of the last epoch, and the best one; empty before the first.</summary>
    public string Values => _last is null ? "" : string.Join(", ",
    [
        $"loss {NumberText.Of(_last.TrainingLoss)}",
        .. Validation(_last),
        .. _best is null ? (string[])[] : [Invariant($"best {NumberText.Of(_best.ValidationMetric ?? _best.TrainingLoss)} (epoch {_best.Epoch})")],
    ]);

    /// <summary>How the training ended.</summary>
    public string Ended(TrainingHistory history)
    {
        var best = history.Epochs.ElementAtOrDefault(history.BestEpoch - 1) ?? _last;
        string values = best is null ? "" : string.Join(", ", (string[])[.. Validation(best)] is { Length: > 0 } validation ? validation : [$"loss {NumberText.Of(best.TrainingLoss)}"]);
        string why = history.StopReason switch
        {
            StopReason.TimeLimit => ", ended by the time limit",
            StopReason.Canceled => ", cancelled",
            _ => "",
        };
        string epochs = Invariant($"{history.Epochs.Count} {(history.Epochs.Count == 1 ? "epoch" : "epochs")} in {NumberText.Time(Elapsed)}{why}");
        return best is null ? $"{LineName}: {epochs}"
            : history.ValidationRows == 0 ? $"{LineName}: {epochs}, {values}"
            : Invariant($"{LineName}: {epochs}, best {best.Epoch} ({values})");
    }

    /// <summary>Why the training gave nothing.</summary>
    public string Failed(Exception? reason) => reason switch
    {
        OperationCanceledException => Invariant($"{LineName}: cancelled in epoch {_epochs + 1}"),
        TrainingDivergedException diverged => Invariant($"{LineName}: diverged in epoch {diverged.Epoch}"),
        null => Invariant($"{LineName}: ended in epoch {_epochs + 1}"),
        _ => Invariant($"{LineName}: failed in epoch {_epochs + 1} ({reason.GetType().Name})"),
    };

    private TimeSpan? Left
    {
        get
        {
            if (Share == 0 || _epochs == 0 && Elapsed < s_untilSteady)
                return null;
            var left = Elapsed * ((1 - Share) / Share);
            return start.Options.EarlyStopping?.TimeLimit - Elapsed is { } limit && !start.IsRefit && limit < left ? TimeSpan.FromTicks(Math.Max(0, limit.Ticks)) : left;
        }
    }

    private IEnumerable<string> Validation(EpochReport epoch)
    {
        if (epoch.ValidationLoss is { } loss)
            yield return $"validation {NumberText.Of(loss)}";
        if (epoch.ValidationMetric is { } metric)
            yield return $"{start.MetricName} {NumberText.Of(metric)}";
    }

    // Three digits: the others change all the time.
    private static double Rounded(double speed)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, speed))) - 2));
        return Math.Round(speed / unit) * unit;
    }
}
