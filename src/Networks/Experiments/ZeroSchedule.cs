namespace MLExtensions.Networks.Experiments;

/// <summary>The factor 0: none of it.</summary>
internal sealed record ZeroSchedule : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point) => 0;
}
