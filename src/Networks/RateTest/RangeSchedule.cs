namespace MLExtensions.Networks.RateTest;

/// <summary>Per step: the rate rises from one to another by the same factor each time, and stays there.</summary>
/// <param name="From">The factor of the first step.</param>
/// <param name="To">The factor of the last.</param>
/// <param name="Steps">The steps, at least 2.</param>
internal sealed record RangeSchedule(double From, double To, int Steps) : Schedule
{
    /// <inheritdoc/>
    public override double FactorAt(SchedulePoint point)
    {
        double step = Math.Min(Math.Round(point.Epoch / point.StepLength), Steps - 1);
        return From * Math.Pow(To / From, step / (Steps - 1));
    }
}
