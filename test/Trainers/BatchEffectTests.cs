using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>How many steps an epoch takes, as an optimizer sees it.</summary>
[TestClass]
public sealed class BatchEffectTests
{
    [TestMethod]
    [DataRow(2, 2, 4_096, new[] { 8, 8, 4, 4, 2, 2, 1, 1 })]
    [DataRow(2, 2, 20, new[] { 8, 8, 4, 4, 3, 3, 3, 3 })]
    [DataRow(1, 3, 4_096, new[] { 8, 3, 1, 1, 1, 1, 1, 1 })]
    public void BatchGrowth_Given_TakesFewerStepsAsTrainingGoesOn(int every, int factor, int maximum, int[] expected)
    {
        int[] steps = StepsOf(new() { BatchSize = 8, BatchGrowth = new() { EveryEpochs = every, Factor = factor, Maximum = maximum } });

        steps.Should().Equal(expected, "60 rows are 8 batches of 8, 4 of 16, 3 of 24, 2 of 32 or 3 of 20");
    }

    [TestMethod]
    public void DropLastBatch_On_TakesFullBatchesOnly()
    {
        StepsOf(new() { BatchSize = 8, DropLastBatch = true }).Should().OnlyContain(steps => steps == 7);
        StepsOf(new() { BatchSize = 8 }).Should().OnlyContain(steps => steps == 8);
    }

    [TestMethod]
    public void BatchSizeRule_Given_ChoosesByTheTrainingRows()
    {
        StepsOf(new() { BatchSizeRule = new TableBatchSizeRule([(59, 1), (60, 10)], 30) }).Should().OnlyContain(steps => steps == 6);
        StepsOf(new() { BatchSizeRule = new StepsBatchSizeRule(4) }).Should().OnlyContain(steps => steps == 4);
        StepsOf(new() { BatchSizeRule = new StepsBatchSizeRule(4) { FullBatchBelow = 61 } }).Should().OnlyContain(steps => steps == 1);
    }

    private static int[] StepsOf(DeepMlpOptions options)
    {
        var optimizer = new PlainDescent();
        var seen = new List<int>();

        Trainer.Fit(LearningTask.Regression, quick => options with
        {
            LabelColumnName = quick.LabelColumnName,
            HiddenLayers = [4],
            DropoutRate = 0,
            NumberOfEpochs = 8,
            EarlyStopping = null,
            Engine = quick.Engine,
            Optimizer = new CustomOptimizerOptions(_ => optimizer),
            Progress = new Listener(_ => seen.Add(optimizer.LastStep)),
        });

        return [.. seen.Select((steps, epoch) => steps - (epoch == 0 ? 0 : seen[epoch - 1]))];
    }

    private sealed class Listener(Action<EpochReport> hear) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => hear(value);
    }
}
