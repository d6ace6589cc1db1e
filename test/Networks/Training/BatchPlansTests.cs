using MLExtensions.Networks.Training;
using static MLExtensions.Networks.Tests.TrainingLoopTests;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class BatchPlansTests
{
    [TestMethod]
    [DataRow(0, 4)]
    [DataRow(1, 4)]
    [DataRow(2, 12)]
    [DataRow(4, 36)]
    [DataRow(6, 100)]
    [DataRow(1_000_000, 100)]
    public void Growth_Epochs_MultiplyTheSizeUpToTheMaximum(int epoch, int expected) =>
        new BatchGrowthOptions { EveryEpochs = 2, Factor = 3, Maximum = 100 }.SizeAt(4, epoch).Should().Be(expected);

    [TestMethod]
    public void Growth_StartChosenByRowsAboveTheMaximum_StaysAsItIs() =>
        new BatchGrowthOptions { Maximum = 10 }.SizeAt(16, 100).Should().Be(16);

    [TestMethod]
    public void Run_Growth_GivesTheEngineGrowingBatches()
    {
        var engine = new ScriptedEngine();

        Run(engine, new() { HiddenLayers = [3], BatchSize = 2, NumberOfEpochs = 4, BatchGrowth = new() { EveryEpochs = 1 }, EarlyStopping = null });

        engine.Batches.Select(batch => batch.Length).Should().Equal(2, 2, 2, 2, 2, 4, 4, 2, 8, 2, 10);
        engine.Settings!.MaximumBatchRows.Should().Be(10);
    }

    [TestMethod]
    public void Run_GrowthWithASchedule_SpansTheSameEpochs()
    {
        var engine = new ScriptedEngine();

        var (_, history) = Run(engine, new()
        {
            HiddenLayers = [3],
            BatchSize = 5,
            NumberOfEpochs = 2,
            BatchGrowth = new() { EveryEpochs = 1 },
            LearningRateSchedule = Schedule.Linear,
            Optimizer = new SgdOptions { LearningRate = 1 },
            EarlyStopping = null,
        });

        engine.LearningRates.Should().Equal(1, 0.75f, 0.5f);
    }

    [TestMethod]
    public void Run_DropLastBatch_LeavesOutOtherRowsEachTime()
    {
        var engine = new ScriptedEngine();

        Run(engine, new() { HiddenLayers = [3], BatchSize = 4, NumberOfEpochs = 20, DropLastBatch = true, EarlyStopping = null });

        engine.Batches.Should().HaveCount(40).And.OnlyContain(batch => batch.Length == 4);
        engine.Batches.SelectMany(batch => batch).Distinct().Should().HaveCount(10);
    }

    [TestMethod]
    public void Item_Lbfgs_IsAllRows()
    {
        var plans = new BatchPlans(1_000, new MlpOptions { Optimizer = new LbfgsOptions() }, joinSingleRow: false);

        plans.MaximumBatchRows.Should().Be(1_000);
        plans[3].BatchCount.Should().Be(1);
    }

    [TestMethod]
    public void MaximumBatchRows_SingleRowJoined_CountsIt()
    {
        var options = new MlpOptions { BatchSize = 3, NumberOfEpochs = 2, BatchGrowth = new() { EveryEpochs = 1, Maximum = 5 } };

        new BatchPlans(16, options, joinSingleRow: true).MaximumBatchRows.Should().Be(6);
        new BatchPlans(16, options with { NumberOfEpochs = 1 }, joinSingleRow: true).MaximumBatchRows.Should().Be(4);
    }
}
