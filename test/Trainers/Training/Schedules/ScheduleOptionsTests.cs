using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class ScheduleOptionsTests
{
    private static readonly DeepMlpOptions s_valid = new();

    public static IEnumerable<object[]> Invalid =>
    [
        ["LearningRateSchedule must not be null; use Schedule.Constant", s_valid with { LearningRateSchedule = null! }],
        ["DropoutSchedule must not be null; use Schedule.Constant", s_valid with { DropoutSchedule = null! }],
        ["WeightDecaySchedule must not be null; use Schedule.Constant", s_valid with { WeightDecaySchedule = null! }],
        Learning("EveryEpochs must be at least 1, got 0", new StepSchedule(0)),
        Learning("EveryEpochs must be below the 200 epochs that it acts on, or the rate never changes, got 200", new StepSchedule(200)),
        Learning("Factor must be positive and finite, got 0", new StepSchedule(5, 0)),
        Learning("Milestones must name at least one epoch", new MultiStepSchedule([])),
        Learning("Milestones[1] must be at least 6 and below the 200 epochs that the schedule acts on, got 5", new MultiStepSchedule([5, 5])),
        Learning("Factor must be positive and finite, got NaN", new MultiStepSchedule([5], float.NaN)),
        Learning("Factor must be positive and finite, got Infinity", new ExponentialSchedule(float.PositiveInfinity)),
        Learning("Rate must be positive and finite, got -1", new InverseTimeSchedule(-1)),
        Learning("Power must be positive and finite, got 0", new PolynomialSchedule(0)),
        Learning("End must be at least 0 and below 1, got 1", new PolynomialSchedule(1, 1)),
        Learning("End must be at least 0 and below 1, got -0.1", new CosineSchedule(-0.1f)),
        Learning("FirstCycle must be at least 1, got 0", new CosineRestartsSchedule(0)),
        Learning("FirstCycle must be below the 200 epochs that it acts on, or nothing restarts, got 200", new CosineRestartsSchedule(200)),
        Learning("Growth must be at least 1, got 0", new CosineRestartsSchedule(5, 0)),
        Learning("End must be at least 0 and below 1, got NaN", new CosineRestartsSchedule(5, 1, float.NaN)),
        Learning("FlatShare must be at least 0 and below 1, got 1", new FlatCosineSchedule(1)),
        Learning("PeakShare must be above 0 and below 1, got 0", new OneCycleSchedule(0)),
        Learning("StartDivisor must be at least 1 and finite, got 0.5", new OneCycleSchedule(StartDivisor: 0.5f)),
        Learning("EndDivisor must be at least 1 and finite, got Infinity", new OneCycleSchedule(EndDivisor: float.PositiveInfinity)),
        Learning("Start must be above 0 and at most 1, got 0", new WarmUpSchedule(Schedule.Cosine, 5, 0)),
        Learning("Epochs must be positive and below the 200 epochs that the schedule acts on, got 200", Schedule.Cosine.WithWarmUp(200)),
        Learning("Epochs must be positive and below the 200 epochs that the schedule acts on, got NaN", Schedule.Cosine.WithWarmUp(double.NaN)),
        Learning("Next must not be null; use Schedule.Constant", new WarmUpSchedule(null!, 5)),
        Learning("Next.EveryEpochs must be below the 190 epochs that it acts on, or the rate never changes, got 190", new StepSchedule(190).WithWarmUp(10)),
        Learning("Factor must be above 0 and below 1, got 1", new PlateauSchedule { Factor = 1 }),
        Learning("Patience must be at least 0, got -1", new PlateauSchedule { Patience = -1 }),
        Learning("Patience must be at most EarlyStopping.Patience - 2, 14, or training ends before the rate falls, got 15", new PlateauSchedule { Patience = 15 }),
        ["LearningRateSchedule.Patience must be at most 9, three below the 12 epochs that the schedule acts on, or the rate never falls, got 10", s_valid with { LearningRateSchedule = Schedule.ReduceOnPlateau, NumberOfEpochs = 12 }],
        ["LearningRateSchedule.Next.Patience must be at most 9, three below the 12.5 epochs that the schedule acts on, or the rate never falls, got 10", s_valid with { LearningRateSchedule = Schedule.ReduceOnPlateau.WithWarmUp(1.5), NumberOfEpochs = 14 }],
        Learning("MinimumImprovement must be at least 0 and below 1, got 1", new PlateauSchedule { MinimumImprovement = 1 }),
        Learning("Cooldown must be at least 0, got -1", new PlateauSchedule { Cooldown = -1 }),
        Learning("MinimumFactor must be at least 0 and below 1, got 1", new PlateauSchedule { MinimumFactor = 1 }),
        ["DropoutSchedule.End must be at least 0 and below 1, got 2", s_valid with { DropoutSchedule = new CosineSchedule(2) }],
        ["DropoutSchedule needs dropout to act on: set DropoutRate, DropoutRates, InputDropoutRate or DropConnectRate above 0", s_valid with { DropoutRate = 0, DropoutSchedule = Schedule.FlatCosine }],
        ["DropoutSchedule needs dropout to act on: set DropoutRate, DropoutRates, InputDropoutRate or DropConnectRate above 0", s_valid with { DropoutRate = 0.5f, DropoutRates = [0, 0], DropoutSchedule = Schedule.FlatCosine }],
        ["DropoutSchedule needs dropout to act on: set DropoutRate, DropoutRates, InputDropoutRate or DropConnectRate above 0", s_valid with { HiddenLayers = [], DropoutSchedule = Schedule.FlatCosine }],
        ["DropoutSchedule must keep dropout rates below 1, and multiplies one of 0.25 by up to 4", s_valid with { DropoutRate = 0.25f, DropoutSchedule = new StepSchedule(90, 2) }],
        ["DropoutSchedule must keep dropout rates below 1, and multiplies one of 0.25 by up to 4", s_valid with { DropoutRates = [0, 0.25f], DropoutSchedule = new MultiStepSchedule([2, 4], 2).WithWarmUp(3) }],
        ["DropoutSchedule must keep dropout rates below 1, and multiplies one of 0.25 by up to 4", s_valid with { NumberOfEpochs = 3, InputDropoutRate = 0.25f, DropoutSchedule = new ExponentialSchedule(2) }],
        ["WeightDecaySchedule needs a decay to act on: set L1Regularization, L2Regularization or the WeightDecay of the optimizer, if it has one, above 0", s_valid with { WeightDecaySchedule = Schedule.FlatCosine }],
    ];

    [TestMethod]
    [DynamicData(nameof(Invalid))]
    public void Trainer_InvalidSchedule_IsNamed(string expected, object options)
    {
        Action create = () => Trainer.Of(LearningTask.Regression, new MLContext(), (DeepMlpOptions)options);

        create.Should().Throw<ArgumentException>().WithMessage($"Invalid DeepMlpOptions:{Environment.NewLine}- {expected} (Parameter 'options')");
    }

    [TestMethod]
    public void Trainer_SchedulesThatFit_AreAccepted()
    {
        foreach (var options in new[]
        {
            s_valid with { LearningRateSchedule = new PlateauSchedule { Patience = 197 }, EarlyStopping = null },
            s_valid with { LearningRateSchedule = new StepSchedule(189).WithWarmUp(10) },
            s_valid with { WeightDecaySchedule = Schedule.FlatCosine, L1Regularization = 0.1f },
            s_valid with { WeightDecaySchedule = Schedule.FlatCosine, L2Regularization = 0.1f },
            s_valid with { WeightDecaySchedule = Schedule.FlatCosine, Optimizer = new AdamWOptions() },
            s_valid with { DropoutSchedule = Schedule.FlatCosine, DropoutRate = 0, InputDropoutRate = 0.1f },
            s_valid with { LearningRateSchedule = new PlateauSchedule { Patience = 14 } },
            s_valid with { DropoutRate = 0.25f, DropoutSchedule = new StepSchedule(100, 3.9f) },
            s_valid with { DropoutSchedule = Schedule.CosLog4.WithWarmUp(0.1) },
        })
        {
            Action create = () => Trainer.Of(LearningTask.Regression, new MLContext(), options);

            create.Should().NotThrow();
        }
    }

    private static object[] Learning(string message, Schedule schedule) => [$"LearningRateSchedule.{message}", s_valid with { LearningRateSchedule = schedule }];
}
