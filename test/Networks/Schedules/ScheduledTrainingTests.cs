using static MLExtensions.Networks.Tests.TrainingLoopTests;

namespace MLExtensions.Networks.Tests;

/// <summary>The loop hands each step the rates of the schedules. 10 training rows: batches of 4, 4 and 2.</summary>
[TestClass]
public sealed class ScheduledTrainingTests
{
    private static readonly MlpOptions s_options = new()
    {
        HiddenLayers = [3],
        BatchSize = 4,
        NumberOfEpochs = 4,
        DropoutRate = 0.2f,
        L2Regularization = 0.1f,
        Optimizer = new SgdOptions { LearningRate = 0.5f },
        EarlyStopping = null,
    };

    [TestMethod]
    public void Run_NoSchedules_KeepsAllRates()
    {
        var engine = new ScriptedEngine();

        Run(engine, s_options);

        engine.Steps.Should().HaveCount(12).And.OnlyContain(step => step == new StepSettings(0.5f, 1, 1));
    }

    [TestMethod]
    public void Run_Schedules_GiveEachStepItsRates()
    {
        var engine = new ScriptedEngine();

        var (_, history) = Run(engine, s_options with
        {
            LearningRateSchedule = Schedule.Linear,
            DropoutSchedule = new StepSchedule(2, 0.5f),
            WeightDecaySchedule = new InverseTimeSchedule(1),
        });

        for (int step = 0; step < 12; step++)
        {
            var (rate, dropout, decay) = engine.Steps[step];
            rate.Should().BeApproximately(0.5f * (1 - step / 12f), 1e-6f);
            dropout.Should().Be(step < 6 ? 1 : 0.5f);
            decay.Should().BeApproximately(1 / (1 + step / 3f), 1e-6f);
        }
        history.Epochs.Select(report => report.LearningRate).Should().Equal(engine.LearningRates.Where((_, step) => step % 3 == 2), "the rate is that of an epoch's last step");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Run_Plateau_WatchesWhatEarlyStoppingWatches(bool validation)
    {
        // Training losses stand still, validation losses fall.
        var engine = new ScriptedEngine { Loss = _ => 1, Output = (steps, _, _) => 1f / steps };
        var options = s_options with
        {
            LearningRateSchedule = new PlateauSchedule { Patience = 0, Factor = 0.5f },
            EarlyStopping = validation ? new() { Patience = 50 } : null,
        };

        var (_, history) = Run(engine, options);

        history.Epochs.Select(report => report.LearningRate).Should().Equal(validation ? [0.5f, 0.5f, 0.5f, 0.5f] : [0.5f, 0.5f, 0.25f, 0.125f]);
    }

    [TestMethod]
    [DataRow(double.NaN, "NaN")]
    [DataRow(-0.5, "-0.5")]
    [DataRow(double.PositiveInfinity, "Infinity")]
    public void Run_OwnScheduleGivesNonsense_NamesScheduleAndPlace(double factor, string text)
    {
        Action run = () => Run(new ScriptedEngine(), s_options with { LearningRateSchedule = new LateSchedule(factor) });

        run.Should().Throw<InvalidOperationException>().WithMessage(
            $"LearningRateSchedule LateSchedule gives the factor {text} at epoch 2 of 4: expected at least 0 and finite.");
    }

    [TestMethod]
    public void Run_DropoutOf1_IsRefused()
    {
        Action run = () => Run(new ScriptedEngine(), s_options with { DropoutRates = [0.25f], DropoutSchedule = new LateSchedule(4) });

        run.Should().Throw<InvalidOperationException>().WithMessage(
            "DropoutSchedule LateSchedule gives the factor 4 at epoch 2 of 4: a dropout rate of 0.25 times it must stay below 1.");
    }

    [TestMethod]
    public void Run_Diverged_TellsThePresentRate()
    {
        var engine = new ScriptedEngine { Loss = step => step == 8 ? double.NaN : 1 };

        Action run = () => Run(engine, s_options with { LearningRateSchedule = new StepSchedule(2, 0.5f) });

        run.Should().Throw<TrainingDivergedException>().WithMessage("*Lower LearningRate (now 0.25)*");
    }

    private sealed record LateSchedule(double Factor) : Schedule
    {
        public override double FactorAt(SchedulePoint point) => point.WholeEpochs < 2 ? 1 : Factor;
    }
}
