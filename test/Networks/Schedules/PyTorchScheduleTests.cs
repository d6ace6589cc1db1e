using System.Text.Json;

namespace MLExtensions.Networks.Tests;

/// <summary>The schedules against rates that PyTorch's schedulers gave: see Reference/make_schedule_values.py.</summary>
[TestClass]
public sealed class PyTorchScheduleTests
{
    private const double Tolerance = 1e-6;

    private static readonly JsonElement s_stored = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "schedules.json"))).RootElement;

    private static readonly Dictionary<string, Schedule> s_schedules = new()
    {
        ["step"] = new StepSchedule(3, 0.5f),
        ["multi-step"] = new MultiStepSchedule([2, 5, 9], 0.3f),
        ["exponential"] = new ExponentialSchedule(0.9f),
        ["linear"] = Schedule.Linear,
        ["polynomial"] = new PolynomialSchedule(2.5f),
        ["cosine"] = new CosineSchedule(0.1f),
        ["restarts"] = new CosineRestartsSchedule(2, 2, 0.05f),
        ["equal restarts"] = new CosineRestartsSchedule(5, 1),
        ["one-cycle"] = Schedule.OneCycle,
        ["one-cycle late"] = new OneCycleSchedule(0.7f, 10, 100),
        ["warm-up"] = Schedule.Cosine.WithWarmUp(2),
    };

    private static readonly Dictionary<string, PlateauSchedule> s_plateaus = new()
    {
        ["patience 2"] = new() { Patience = 2 },
        ["patience 0"] = new() { Patience = 0, Factor = 0.5f },
        ["threshold"] = new() { Patience = 1, Factor = 0.5f, MinimumImprovement = 0.3f },
        ["cooldown"] = new() { Patience = 1, Factor = 0.5f, Cooldown = 3 },
        ["minimum"] = new() { Patience = 0, Factor = 0.5f, MinimumFactor = 0.2f },
    };

    public static IEnumerable<object[]> EpochNames => NamesOf("per epoch");

    public static IEnumerable<object[]> StepNames => NamesOf("per step");

    public static IEnumerable<object[]> PlateauNames => NamesOf("plateau");

    [TestMethod]
    [DynamicData(nameof(EpochNames))]
    public void FactorAt_EachEpoch_IsPyTorchsForAllItsSteps(string name)
    {
        double[] expected = PyTorchValues.Doubles(s_stored.GetProperty("per epoch").GetProperty(name));

        ShouldBeClose(Factors(name), [.. expected.SelectMany(rate => Enumerable.Repeat(rate, Steps))]);
    }

    [TestMethod]
    [DynamicData(nameof(StepNames))]
    public void FactorAt_EachStep_IsPyTorchs(string name) =>
        ShouldBeClose(Factors(name), PyTorchValues.Doubles(s_stored.GetProperty("per step").GetProperty(name)));

    [TestMethod]
    [DynamicData(nameof(PlateauNames))]
    public void FactorAt_MonitoredValues_IsPyTorchs(string name) =>
        ShouldBeClose(Factors(s_plateaus[name], sign: 1), PyTorchValues.Doubles(s_stored.GetProperty("plateau").GetProperty(name)));

    [TestMethod]
    public void FactorAt_HigherIsBetter_IsPyTorchs() =>
        ShouldBeClose(Factors(s_plateaus["threshold"], sign: -1), PyTorchValues.Doubles(s_stored.GetProperty("higher is better")));

    private static int Epochs => s_stored.GetProperty("epochs").GetInt32();

    private static int Steps => s_stored.GetProperty("steps").GetInt32();

    private static IEnumerable<object[]> NamesOf(string group) => s_stored.GetProperty(group).EnumerateObject().Select(entry => new object[] { entry.Name });

    private static double[] Factors(string name) => [.. Enumerable.Range(0, Epochs * Steps).Select(step =>
        s_schedules[name].FactorAt(new SchedulePoint(step / Steps + step % Steps / (double)Steps, Epochs, 1.0 / Steps, new double[step / Steps])))];

    private static double[] Factors(PlateauSchedule schedule, int sign)
    {
        double[] monitored = [.. PyTorchValues.Doubles(s_stored.GetProperty("monitored")).Select(value => sign * value)];
        return [.. monitored.Select((_, epoch) => schedule.FactorAt(new SchedulePoint(epoch, monitored.Length, 1, monitored.AsMemory(0, epoch))))];
    }

    private static void ShouldBeClose(double[] actual, double[] expected)
    {
        actual.Length.Should().Be(expected.Length);
        expected.Distinct().Count().Should().BeGreaterThan(1, "a rate that never changes proves nothing");
        for (int i = 0; i < actual.Length; i++)
            actual[i].Should().BeApproximately(expected[i], Tolerance, "step {0}", i);
    }
}
