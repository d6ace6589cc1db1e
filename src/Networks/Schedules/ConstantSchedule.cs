namespace MLExtensions.Networks;

/// <summary>The factor 1.</summary>
public sealed record ConstantSchedule : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point) => 1;
}
