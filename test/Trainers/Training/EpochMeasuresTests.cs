using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Training;

/// <summary>What reports tell beside loss and metric of the validation rows.</summary>
[TestClass]
public sealed class EpochMeasuresTests
{
    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void MeasureTraining_OneBatch_GivesTheLossThatTheNextEpochBeginsWith(LearningTask task)
    {
        var plain = Trainer.Fit(task, options => options with { BatchSize = 10_000 });
        var measured = Trainer.Fit(task, options => options with { BatchSize = 10_000, MeasureTraining = true });

        measured.Weights.Should().Equal(plain.Weights);
        plain.History.Epochs.Should().OnlyContain(epoch => epoch.MeasuredTrainingLoss == null && epoch.TrainingMetric == null);
        foreach (var (epoch, next) in measured.History.Epochs.Zip(measured.History.Epochs.Skip(1)))
            epoch.MeasuredTrainingLoss.Should().BeApproximately(next.TrainingLoss, 1e-6);
    }

    [TestMethod]
    public void MeasureTraining_Regression_MetricIsTheLossInUnitsOfTheLabel()
    {
        var history = Trainer.Fit(LearningTask.Regression, options => options with { MeasureTraining = true, ClampScores = false }).History;

        foreach (var epoch in history.Epochs)
        {
            epoch.ValidationError.Should().BeApproximately(epoch.ValidationMetric!.Value, 1e-4 * epoch.ValidationMetric!.Value, "both are the RMSE");
            double unit = epoch.ValidationError!.Value / Math.Sqrt(epoch.ValidationLoss!.Value);
            epoch.TrainingError.Should().BeApproximately(unit * Math.Sqrt(epoch.TrainingLoss), 1e-9 * unit);
            epoch.TrainingMetric.Should().BeApproximately(unit * Math.Sqrt(epoch.MeasuredTrainingLoss!.Value), 1e-4 * unit);
        }
    }

    [TestMethod]
    public void MeasureTraining_Quantiles_MetricIsTheLossInUnitsOfTheLabel()
    {
        var epoch = Trainer.Fit(LearningTask.Regression, options => options with { Loss = new QuantileLoss(0.5f), ClampScores = false, NumberOfEpochs = 1 }).History.Epochs[0];

        epoch.ValidationError.Should().BeApproximately(epoch.ValidationMetric!.Value, 1e-4 * epoch.ValidationMetric!.Value);
    }

    [TestMethod]
    public void Errors_OfLossesWithoutAUnit_AreNull()
    {
        var binary = Trainer.Fit(LearningTask.Binary).History.Epochs[0];
        var huber = Trainer.Fit(LearningTask.Regression, options => options with { Loss = Loss.Huber, NumberOfEpochs = 1 }).History.Epochs[0];

        (binary.TrainingError ?? binary.ValidationError ?? huber.TrainingError ?? huber.ValidationError).Should().BeNull();
    }
}
