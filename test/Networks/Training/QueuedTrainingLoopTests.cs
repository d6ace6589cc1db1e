using static MLExtensions.Networks.Tests.TrainingLoopTests;

namespace MLExtensions.Networks.Tests;

/// <summary>The loop with a session whose steps are queued: the same training, with losses read once per epoch.</summary>
[TestClass]
public sealed class QueuedTrainingLoopTests
{
    // 10 training rows: batches of 4, 4 and 2.
    private static readonly MlpOptions s_options = new() { HiddenLayers = [3], BatchSize = 4, NumberOfEpochs = 3, EarlyStopping = null };

    [TestMethod]
    public void Run_QueuedSession_GivesTheSameHistory()
    {
        float[] weights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];

        var (_, expected) = Run(new ScriptedEngine { Loss = step => step * step }, s_options, weights: weights);
        var queued = new QueuedScriptedEngine(new ScriptedEngine { Loss = step => step * step });
        var (_, actual) = Run(queued, s_options, weights: weights);

        actual.Should().BeEquivalentTo(expected, config => config.For(history => history.Epochs).Exclude(report => report.Seconds));
        queued.Taken.Should().Equal([3, 3, 3], "losses are asked for once per epoch");
    }

    [TestMethod]
    public void Run_QueuedSession_TellsOfTheStepsOfAnEpochTogether()
    {
        var script = new ScriptedEngine { Loss = step => step };
        var steps = new List<StepReport>();
        var taken = new List<int>();
        void Note(StepReport step)
        {
            steps.Add(step);
            taken.Add(script.Batches.Count);
        }

        Run(new QueuedScriptedEngine(script), s_options with { NumberOfEpochs = 2, LearningRateSchedule = new CosineSchedule() }, step: Note);

        steps.Select(step => (step.Epoch, step.Batch, step.Batches, step.Rows, step.Loss))
            .Should().Equal((1, 1, 3, 4, 1), (1, 2, 3, 4, 2), (1, 3, 3, 2, 3), (2, 1, 3, 4, 4), (2, 2, 3, 4, 5), (2, 3, 3, 2, 6));
        steps.Select(step => step.LearningRate).Should().Equal(script.LearningRates);
        taken.Should().Equal(3, 3, 3, 6, 6, 6);
    }

    [TestMethod]
    public void Run_LossOfAQueuedStepIsNotFinite_NamesEpochAndBatch()
    {
        var script = new ScriptedEngine { Loss = step => step == 5 ? double.NaN : 1 };

        Action run = () => Run(new QueuedScriptedEngine(script), s_options);

        run.Should().Throw<TrainingDivergedException>().WithMessage("Training diverged in epoch 2, batch 2: the loss is NaN.*");
        script.Batches.Should().HaveCount(6, "the epoch was queued before its losses came");
        script.IsDisposed.Should().BeTrue();
    }

    [TestMethod]
    public void Run_CanceledWithStepsQueued_CountsThoseTaken()
    {
        var script = new ScriptedEngine();

        var (_, history) = Run(new QueuedScriptedEngine(script), s_options with { KeepBestWhenCanceled = true }, isCanceled: () => script.Batches.Count == 4);

        script.Batches.Should().HaveCount(4);
        history.Epochs.Should().ContainSingle();
        history.StopReason.Should().Be(StopReason.Canceled);
    }
}
