using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Networks.Rows;
using MLExtensions.TestSupport;
using MLExtensions.Trainers.Training;

namespace MLExtensions.Trainers.Tests;

/// <summary>The steps of <c>Fit</c> called apart, as bagging and searches call them.</summary>
[TestClass]
public sealed class TrainingStepsTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void TrainOn_RowsReadOnce_GivesWhatFitGives(int seed)
    {
        var ml = new MLContext();
        var options = Trainer.QuickFor(LearningTask.Multiclass) with { BalanceClasses = true, Seed = seed };
        var data = new CountingView(Examples.Load(ml));
        var trainer = ml.MulticlassClassification.Trainers.DeepMlp(options);
        var run = new TrainingRun(options.Engine!, _ => { }, () => false);

        var rows = trainer.Read(data, null, run.IsCanceled);
        var other = trainer.TrainOn(rows, trainer.Split(rows, 77), 77, run);
        var model = trainer.Wrap(trainer.TrainOn(rows, trainer.Split(rows, seed), seed, run));

        data.Requests.Should().HaveCount(1, "the rows are read once for both");
        var fitted = trainer.Fit(data);
        model.Model.CopyWeights().Values.Should().Equal(fitted.Model.CopyWeights().Values);
        model.History.Epochs.Select(epoch => epoch.ValidationLoss).Should().Equal(fitted.History.Epochs.Select(epoch => epoch.ValidationLoss));
        other.Model.CopyWeights().Values.Should().NotEqual(model.Model.CopyWeights().Values);
    }

    [TestMethod]
    public void TrainOn_SplitOfTheCallers_IsTrainedAndValidatedOn()
    {
        var ml = new MLContext();
        var trainer = ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression));
        var run = new TrainingRun(new ManagedEngine { Threads = 1 }, _ => { }, () => false);

        var rows = trainer.Read(Examples.Load(ml), null, run.IsCanceled);
        var model = trainer.TrainOn(rows, new RowSplit([.. Enumerable.Range(10, 50)], [.. Enumerable.Range(0, 10)]), 1, run);

        model.History.TrainingRows.Should().Be(50);
        model.History.ValidationRows.Should().Be(10);
    }
}
