using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class RealMlpPresetTests
{
    [TestMethod]
    [DataRow(LossTasks.BinaryClassification)]
    [DataRow(LossTasks.MulticlassClassification)]
    [DataRow(LossTasks.MultilabelClassification)]
    [DataRow(LossTasks.Regression)]
    public void RealMlp_AnyTask_HasValidValues(LossTasks task) =>
        FluentActions.Invoking(() => DeepMlpOptions.RealMlp(task).Validate(task)).Should().NotThrow();

    [TestMethod]
    [DataRow(LossTasks.None)]
    [DataRow(LossTasks.Regression | LossTasks.BinaryClassification)]
    public void RealMlp_NotOneTask_IsRefused(LossTasks task) =>
        FluentActions.Invoking(() => DeepMlpOptions.RealMlp(task)).Should().Throw<ArgumentOutOfRangeException>();

    [TestMethod]
    [DataRow(LearningTask.Binary, LossTasks.BinaryClassification)]
    [DataRow(LearningTask.Multiclass, LossTasks.MulticlassClassification)]
    [DataRow(LearningTask.Regression, LossTasks.Regression)]
    public void RealMlp_FewRows_LearnsMoreThanAConstant(LearningTask task, LossTasks asked)
    {
        var history = Trainer.Fit(task, options => DeepMlpOptions.RealMlp(asked) with
        {
            LabelColumnName = options.LabelColumnName,
            FeatureColumnName = options.FeatureColumnName,
            ExampleWeightColumnName = options.ExampleWeightColumnName,
            Engine = options.Engine,
            HiddenLayers = [16, 16],
            NumberOfEpochs = 32,
            BatchSize = 16,
        }).History;

        history.Epochs.Should().HaveCount(32);
        history.Epochs[^1].TrainingLoss.Should().BeLessThan(0.8 * history.Epochs[0].TrainingLoss);
    }
}
