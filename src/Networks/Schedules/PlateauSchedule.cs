namespace MLExtensions.Networks;

/// <summary>
/// Per epoch: a fall whenever the monitored value has not improved for more than some epochs. The value is that of early stopping, or
/// else the training loss.
/// </summary>
/// <remarks>
/// PyTorch's <c>ReduceLROnPlateau</c> with <c>threshold_mode='rel'</c> and its defaults. An epoch improves when its value is below
/// best - minimum improvement x |best|, turned so that lower is better.
/// </remarks>
public sealed record PlateauSchedule : Schedule
{
    /// <summary>What remains of the rate at each fall; above 0 and below 1, 0.1 by default.</summary>
    public float Factor { get; init; } = 0.1f;

    /// <summary>
    /// The epochs in a row that may pass without an improvement; the next one brings the fall. At least 0, 10 by default; two below the
    /// patience of early stopping and three below the epochs of training, or training ends first.
    /// </summary>
    public int Patience { get; init; } = 10;

    /// <summary>By what share of the best value a value must be better to count as an improvement; at least 0 and below 1, 1e-4 by default.</summary>
    public float MinimumImprovement { get; init; } = 1e-4f;

    /// <summary>The epochs after a fall in which none counts as without an improvement; at least 0, 0 by default.</summary>
    public int Cooldown { get; init; }

    /// <summary>The least factor; at least 0 and below 1, 0 by default.</summary>
    public float MinimumFactor { get; init; }

    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point)
    {
        // All epochs from the first, so that there is no state to keep; a nanosecond each, where a step takes ten thousand or more.
        double factor = 1, best = double.PositiveInfinity;
        int without = 0, cooling = 0;
        foreach (double value in point.Monitored.Span)
        {
            bool improves = double.IsPositiveInfinity(best) || value < best - MinimumImprovement * Math.Abs(best);
            best = improves ? value : best;
            without = improves || cooling > 0 ? 0 : without + 1;
            cooling = Math.Max(0, cooling - 1);
            if (without > Patience)
            {
                factor = Math.Max(factor * Factor, MinimumFactor);
                (without, cooling) = (0, Cooldown);
            }
        }
        return factor;
    }

    internal override IEnumerable<string> Validate(double epochs, EarlyStoppingOptions? stopping) => Failures(
        Share(Factor), AtLeast(0, Patience) ?? CheckPatience(epochs, stopping), Rate(MinimumImprovement), AtLeast(0, Cooldown), Rate(MinimumFactor));

    private string? CheckPatience(double epochs, EarlyStoppingOptions? stopping)
    {
        if (Patience + 1 >= stopping?.Patience)
            return Invariant($"Patience must be at most EarlyStopping.Patience - 2, {stopping.Patience - 2}, or training ends before the rate falls, got {Patience}");
        // The first epoch improves; the fall shows in the epoch after the last that did not.
        return Patience + 3 > epochs
            ? Invariant($"Patience must be at most {Math.Floor(epochs) - 3}, three below the {epochs} epochs that the schedule acts on, or the rate never falls, got {Patience}")
            : null;
    }
}
