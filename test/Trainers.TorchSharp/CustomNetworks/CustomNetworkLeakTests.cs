using Microsoft.ML;
using MLExtensions.Networks;
using TorchSharp;

namespace MLExtensions.Trainers.Tests;

/// <summary>A module of the application lives as long as the training or the model that it was made for.</summary>
[TestClass]
public sealed class CustomNetworkLeakTests
{
    [TestMethod]
    public void Step_200Times_KeepsAsManyTensorsAsAfter20()
    {
        var ml = new MLContext(seed: 1);
        var counts = new List<long>();
        var options = Networks.OptionsFor(LearningTask.Multiclass, Networks.Residual) with
        {
            NumberOfEpochs = 50,
            EarlyStopping = new EarlyStoppingOptions { Patience = 50 },
            Progress = new Immediate(() => counts.Add(LiveTensors.Count)),
        };

        LiveTensors.CountWithoutGarbage();
        int steps = (Trainer.Fit(LearningTask.Multiclass, ml, options, Examples.Load(ml)).History.TrainingRows + 15) / 16;

        counts[(200 / steps) - 1].Should().Be(counts[(20 / steps) - 1]);
    }

    [TestMethod]
    public void Fit_Ended_LeavesNoTensor()
    {
        var ml = new MLContext(seed: 1);
        var data = Examples.Load(ml);
        int parameters = 0;
        var options = Networks.OptionsFor(LearningTask.Multiclass, Networks.Of(input =>
        {
            var module = new ResidualNetwork(input.Features, input.Outputs);
            parameters += module.parameters().Count();
            return module;
        }));
        Trainer.Fit(LearningTask.Multiclass, ml, options, data);
        long before = LiveTensors.CountWithoutGarbage();
        parameters = 0;

        var fitted = Trainer.Fit(LearningTask.Multiclass, ml, options, data);

        LiveTensors.Count.Should().Be(before + parameters * LiveTensors.ExcessOfParameter());
        fitted.Weights.Should().NotBeEmpty();
    }

    [TestMethod]
    public void Score_AgainAndAgain_KeepsTheTensorsOfOneModule()
    {
        var ml = new MLContext(seed: 1);
        var model = Trainer.Fit(LearningTask.Multiclass, ml, Networks.OptionsFor(LearningTask.Multiclass, Networks.Residual), Examples.Load(ml)).Model;
        float[] scores = new float[3];
        model.Score([0.1f, 0.2f, 0.3f], scores);
        long before = LiveTensors.CountWithoutGarbage();

        for (int i = 0; i < 100; i++)
            model.Score([0.1f, 0.2f, 0.3f], scores);

        LiveTensors.Count.Should().Be(before);
        GC.KeepAlive(model);
    }

    [TestMethod]
    public void Fit_InADisposeScopeOfTheCaller_GivesAModelThatOutlivesIt()
    {
        var ml = new MLContext(seed: 1);
        DeepMlpModelParameters model;
        float[] inside = new float[3], outside = new float[3];
        using (torch.NewDisposeScope())
        {
            model = Trainer.Fit(LearningTask.Multiclass, ml, Networks.OptionsFor(LearningTask.Multiclass, Networks.Residual), Examples.Load(ml)).Model;
            model.Score([0.1f, 0.2f, 0.3f], inside);
        }

        model.Score([0.1f, 0.2f, 0.3f], outside);

        outside.Should().Equal(inside);
    }

    private sealed class Immediate(Action action) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => action();
    }
}
