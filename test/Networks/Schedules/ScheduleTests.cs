namespace MLExtensions.Networks.Tests;

/// <summary>What PyTorch has no scheduler for, and how schedules compose.</summary>
[TestClass]
public sealed class ScheduleTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(0.37)]
    public void Constant_AnyPlace_IsOne(double progress) => Schedule.Constant.FactorAt(At(progress)).Should().Be(1);

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(0.5, 1 / 1.25)]
    [DataRow(4, 1 / 3.0)]
    public void InverseTime_Epochs_IsTheKerasFormula(double epoch, double expected) =>
        new InverseTimeSchedule(0.5f).FactorAt(new SchedulePoint(epoch, 10, 0.1, default)).Should().BeApproximately(expected, 1e-12);

    [TestMethod]
    [DataRow(0.0, 0)]
    [DataRow(1 / 15.0, 0)] // log2(2) = 1
    [DataRow(3 / 15.0, 0)] // log2(4) = 2
    [DataRow(7 / 15.0, 0)]
    [DataRow((1.4142135623730951 - 1) / 15, 1)] // log2(√2) = ½
    [DataRow(0.5, 0.0736189)]
    public void CosLog4_Progress_HasFourWaves(double progress, double expected) =>
        Schedule.CosLog4.FactorAt(At(progress)).Should().BeApproximately(expected, 1e-5);

    [TestMethod]
    [DataRow(0.5f, 0, 1)]
    [DataRow(0.5f, 0.5, 1)]
    [DataRow(0.5f, 0.75, 0.5)]
    [DataRow(0.25f, 0.5, 0.75)]
    public void FlatCosine_Progress_IsFlatThenFalls(float flatShare, double progress, double expected) =>
        new FlatCosineSchedule(flatShare).FactorAt(At(progress)).Should().BeApproximately(expected, 1e-7);

    [TestMethod]
    public void OneCycle_OneStepInAll_IsThePeak() =>
        Schedule.OneCycle.FactorAt(new SchedulePoint(0, 1, 1, default)).Should().Be(1);

    [TestMethod]
    public void WithWarmUp_PartOfAnEpoch_RisesThenHandsOverFromItsStart()
    {
        var schedule = new WarmUpSchedule(new ProgressSchedule(), 0.5, Start: 0.2f);

        double[] factors = [.. new[] { 0, 0.25, 0.5, 5.25, 10 }.Select(epoch => schedule.FactorAt(new SchedulePoint(epoch, 10, 0.05, default)))];

        factors.Should().Equal([0.2, 0.6, 0, 0.5, 1], (actual, expected) => Math.Abs(actual - expected) < 1e-7);
    }

    [TestMethod]
    public void WithWarmUp_OfAPlateau_DoesNotCountTheEpochsOfTheRise()
    {
        double[] monitored = [1, 9, 9, 9, 9];
        var plateau = new PlateauSchedule { Patience = 1, Factor = 0.5f };

        Schedule.Constant.WithWarmUp(2).FactorAt(Point(monitored)).Should().Be(1);
        plateau.FactorAt(Point(monitored)).Should().Be(0.25);
        plateau.WithWarmUp(2).FactorAt(Point(monitored)).Should().Be(0.5, "the best of the epochs after the rise is 9, and two followed");

        static SchedulePoint Point(double[] values) => new(values.Length, 20, 0.1, values);
    }

    private static SchedulePoint At(double progress) => new(progress * 8, 8, 0.01, default);

    private sealed record ProgressSchedule : Schedule
    {
        public override double FactorAt(SchedulePoint point) => point.Progress;
    }
}
