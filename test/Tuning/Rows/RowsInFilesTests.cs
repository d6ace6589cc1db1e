using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Tuning.Tests.Rows;

/// <summary>A search whose rows do not all fit into the memory that they may take.</summary>
[TestClass]
public sealed class RowsInFilesTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Run_RowsThatDoNotFit_SharesAFileAndRemovesIt(int atOnce)
    {
        using var folder = new TestFolder();
        var ml = new MLContext(1);
        int most = 0;
        var trainer = ml.Regression.Trainers.DeepMlp(TestRows.Quick with
        {
            LabelColumnName = "Number",
            NumberOfEpochs = 2,
            RowMemory = new() { MaximumBytes = 1 << 16, Folder = folder.FullName },
            Progress = TrainingMonitor.OfEpochs(_ => most = Math.Max(most, Directory.GetFiles(folder.FullName).Length)),
        });

        var result = ml.Tune(trainer, new() { Space = TestRows.Rates, Trials = 4, TrialsAtOnce = atOnce, Validation = TrialValidation.SetAside(), Seed = 3 }).Run(TestRows.View(ml, 3000));

        result.Leaderboard.Trials.Should().HaveCount(4).And.OnlyContain(trial => trial.State == TrialState.Complete || trial.State == TrialState.Stopped);
        most.Should().BeInRange(1, 2, "trials share what was read, and the last training reads all rows anew");
        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }
}
