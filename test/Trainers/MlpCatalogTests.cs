using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class MlpCatalogTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void DeepMlp_NoArguments_TakesTheDefaultOptions()
    {
        DeepMlpOptions[] options =
        [
            _ml.BinaryClassification.Trainers.DeepMlp().Options,
            _ml.MulticlassClassification.Trainers.DeepMlp().Options,
            _ml.Regression.Trainers.DeepMlp().Options,
        ];

        foreach (var given in options)
            given.Should().BeEquivalentTo(new DeepMlpOptions());
    }

    [TestMethod]
    public void DeepMlp_AllArguments_PutsEachIntoItsOption()
    {
        DeepMlpOptions[] options =
        [
            _ml.BinaryClassification.Trainers.DeepMlp("L", "F", "W", [7, 5], 9, 0.02f).Options,
            _ml.MulticlassClassification.Trainers.DeepMlp("L", "F", "W", [7, 5], 9, 0.02f).Options,
            _ml.Regression.Trainers.DeepMlp("L", "F", "W", [7, 5], 9, 0.02f).Options,
        ];

        foreach (var given in options)
        {
            given.Should().BeEquivalentTo(new DeepMlpOptions
            {
                LabelColumnName = "L",
                FeatureColumnName = "F",
                ExampleWeightColumnName = "W",
                HiddenLayers = [7, 5],
                NumberOfEpochs = 9,
                Optimizer = new AdamOptions { LearningRate = 0.02f },
            }, config => config.RespectingRuntimeTypes());
        }
    }

    [TestMethod]
    public void DeepMlp_Options_AreHeldAsGiven()
    {
        var options = new DeepMlpOptions { Seed = 8 };

        _ml.BinaryClassification.Trainers.DeepMlp(options).Options.Should().BeSameAs(options);
        _ml.MulticlassClassification.Trainers.DeepMlp(options).Options.Should().BeSameAs(options);
        _ml.Regression.Trainers.DeepMlp(options).Options.Should().BeSameAs(options);
    }

    [TestMethod]
    public void DeepMlp_InvalidArguments_ListsThemAll()
    {
        Action create = () => _ml.Regression.Trainers.DeepMlp(hiddenLayers: [0], numberOfEpochs: 0, learningRate: 0);

        create.Should().Throw<ArgumentException>().WithMessage("*HiddenLayers[0]*Optimizer.LearningRate*NumberOfEpochs*");
    }

    [TestMethod]
    public void Info_AnyTrainer_AsksForScalingAndNeedsNoCache()
    {
        TrainerInfo[] infos =
        [
            _ml.BinaryClassification.Trainers.DeepMlp().Info,
            _ml.MulticlassClassification.Trainers.DeepMlp().Info,
            _ml.Regression.Trainers.DeepMlp().Info,
        ];

        foreach (var info in infos)
        {
            info.NeedNormalization.Should().BeTrue();
            info.WantCaching.Should().BeFalse();
        }
    }

    [TestMethod]
    public void Fit_Once_ReadsTheDataOnceAndOnlyTheColumnsItNeeds()
    {
        var counted = new CountingView(Examples.Load(_ml));

        Trainer.Fit(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression) with { ExampleWeightColumnName = "Weight" }, counted);

        counted.Requests.Should().ContainSingle().Which.Should().Equal("Features", "Value", "Weight");
    }
}
