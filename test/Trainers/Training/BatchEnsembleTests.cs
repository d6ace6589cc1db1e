using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Training;

[TestClass]
public sealed class BatchEnsembleTests
{
    private static readonly BatchEnsembleOptions s_four = new() { Members = 4 };

    public static IEnumerable<object[]> Tasks => Enum.GetValues<LearningTask>().Select(task => new object[] { task });

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Fit_Members_HaveOwnOutputsWhoseMeanIsTheScore(LearningTask task)
    {
        var fitted = Trainer.Fit(task, options => options with { BatchEnsemble = s_four });
        var alone = Trainer.Fit(task);

        var last = fitted.Model.Network.Layers[^1].Should().BeOfType<MemberOutputLayer>().Subject;
        last.Should().Be(new MemberOutputLayer(4, last.Inputs, fitted.Model.Network.Outputs, MeanOf(task)));
        fitted.Model.Network.Outputs.Should().Be(alone.Model.Network.Outputs);
        fitted.History.Epochs[^1].TrainingLoss.Should().BeLessThan(fitted.History.Epochs[0].TrainingLoss);
        // Members that had all become alike would be one network.
        var weights = fitted.Model.CopyWeights();
        int at = fitted.Model.Network.Layers.Count - 1;
        float[][] heads = [.. weights[$"{at}.weight"].ToArray().Chunk(last.Inputs * last.Outputs)];
        heads.Select(head => head[0]).Should().OnlyHaveUniqueItems();
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void SaveAndLoad_Members_ScoreTheSameBits(LearningTask task) =>
        SavedScores.ShouldBeThoseOf(Trainer.Fit(task, options => options with { BatchEnsemble = s_four, InputScaling = InputScaling.Robust, NumberEmbedding = new CosineEmbedding() }));

    [TestMethod]
    public void Fit_AnyNumberOfThreads_GivesTheSameBits()
    {
        float[] Weights(int threads) => Trainer.Fit(LearningTask.Multiclass, options => options with { BatchEnsemble = s_four, Engine = new ManagedEngine { Threads = threads } }).Weights;

        Weights(2).Should().Equal(Weights(1));
    }

    [TestMethod]
    public void Fit_Ensemble_OfNetworksThatAreSeveral_HasThemAsMembers()
    {
        var fitted = Trainer.Fit(LearningTask.Binary, options => options with { BatchEnsemble = s_four, Ensemble = new() { Members = 2 } });

        var layer = fitted.Model.Network.Layers.Should().ContainSingle().Which.Should().BeOfType<EnsembleLayer>().Subject;
        layer.Members.Should().HaveCount(2).And.OnlyContain(member => member.Layers.Last() is MemberOutputLayer);
    }

    [TestMethod]
    public void Fit_CalibrateProbabilities_CalibratesTheMean() =>
        Trainer.Fit(LearningTask.Multiclass, options => options with { BatchEnsemble = s_four, CalibrateProbabilities = true, NumberOfEpochs = 5 })
            .History.Calibration!.Temperature.Should().NotBe(1);

    [TestMethod]
    public void Options_ThatDoNotFit_AreNamed()
    {
        Message(new() { BatchEnsemble = new() { Members = 1 } }).Should().Contain("- BatchEnsemble.Members must be from 2 to 1024, got 1");
        Message(new() { BatchEnsemble = new() { Members = 1025 } }).Should().Contain("- BatchEnsemble.Members must be from 2 to 1024, got 1025");
        Message(new() { BatchEnsemble = new(), Normalization = Normalization.Batch }).Should().Contain("would mix the members of a BatchEnsemble; use Normalization.Layer");
        Message(new() { BatchEnsemble = new(), HiddenLayers = [] }).Should().Contain("- BatchEnsemble is of the hidden layers that its members share");

        static string Message(DeepMlpOptions options) =>
            FluentActions.Invoking(() => new MLContext().Regression.Trainers.DeepMlp(options)).Should().Throw<ArgumentException>().Which.Message;
    }

    private static EnsembleMean MeanOf(LearningTask task) => task switch
    {
        LearningTask.Multiclass => EnsembleMean.Classes,
        LearningTask.Regression => EnsembleMean.Values,
        _ => EnsembleMean.Logits,
    };
}
