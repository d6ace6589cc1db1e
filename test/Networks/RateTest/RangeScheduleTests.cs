using MLExtensions.Networks.RateTest;

namespace MLExtensions.Networks.Tests.RateTest;

[TestClass]
public sealed class RangeScheduleTests
{
    [TestMethod]
    public void FactorAt_Steps_RiseByOneFactor()
    {
        var schedule = new RangeSchedule(0.001, 10, Steps: 5);

        double[] factors = [.. Enumerable.Range(0, 5).Select(step => schedule.FactorAt(new SchedulePoint(step / 3.0, 5, 1 / 3.0, default)))];

        factors.Zip([0.001, 0.01, 0.1, 1, 10]).Should().OnlyContain(pair => Math.Abs(pair.First / pair.Second - 1) < 1e-12);
    }

    [TestMethod]
    public void FactorAt_BehindTheLastStep_StaysThere() =>
        new RangeSchedule(0.001, 10, Steps: 5).FactorAt(new SchedulePoint(4, 5, 1 / 3.0, default)).Should().Be(10);
}
