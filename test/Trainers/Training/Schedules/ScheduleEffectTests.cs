using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>What a falling rate is for: small batches of noisy rows leave a network jittering about the minimum until the rate comes down.</summary>
[TestClass]
public sealed class ScheduleEffectTests
{
    private static readonly Example[] s_noisy = Noisy();

    public static IEnumerable<object[]> Falling =>
    [
        [Schedule.Cosine],
        [Schedule.Linear],
        [Schedule.FlatCosine],
        [Schedule.CosLog4],
        [Schedule.OneCycle],
        [new StepSchedule(20)],
        [new MultiStepSchedule([20, 30])],
        [new ExponentialSchedule(0.9f)],
        [new InverseTimeSchedule(0.5f)],
        [new CosineRestartsSchedule(8, 4)],
        [new PlateauSchedule { Patience = 2 }],
        [Schedule.Cosine.WithWarmUp(3)],
    ];

    [TestMethod]
    [DynamicData(nameof(Falling))]
    public void Fit_RateFalls_EndsAtALowerTrainingLoss(object schedule)
    {
        double[] falling = Losses((Schedule)schedule);
        double[] constant = Losses(Schedule.Constant);

        falling.Average().Should().BeLessThan(0.95 * constant.Average());
    }

    private static double[] Losses(Schedule schedule) => [.. Enumerable.Range(1, 4).Select(seed => Trainer.Fit(LearningTask.Regression, options => options with
    {
        Seed = seed,
        BatchSize = 4,
        NumberOfEpochs = 40,
        Optimizer = new SgdOptions { LearningRate = 0.2f },
        LearningRateSchedule = schedule,
        EarlyStopping = null,
    }, s_noisy).History.Epochs[^1].TrainingLoss)];

    private static Example[] Noisy()
    {
        var random = new System.Random(9);
        var rows = Examples.Rows(200);
        Array.ForEach(rows, row => row.Value += random.NextSingle() - 0.5f);
        return rows;
    }
}
