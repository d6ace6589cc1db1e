using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Where the seed comes from, and what it decides.</summary>
[TestClass]
public sealed class SeedTests
{
    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Fit_SameSeed_GivesTheSameBits(LearningTask task)
    {
        var options = Everything(task) with { Seed = 11 };

        float[] first = Fit(task, new MLContext(seed: 1), options).Weights;

        Fit(task, new MLContext(seed: 2), options).Weights.Should().Equal(first, "the options' seed goes before the context's");
        Fit(task, new MLContext(), options).Weights.Should().Equal(first);
        Fit(task, new MLContext(seed: 1), options with { Seed = 12 }).Weights.Should().NotEqual(first);
    }

    [TestMethod]
    [DataRow(1, 2)]
    [DataRow(1, 3)]
    public void Fit_OtherNumberOfThreads_GivesTheSameBits(int threads, int otherThreads)
    {
        var options = Everything(LearningTask.Multiclass) with { HiddenLayers = [96, 64], BatchSize = 50 };

        float[] first = Fit(LearningTask.Multiclass, new MLContext(seed: 1), options with { Engine = new ManagedEngine { Threads = threads } }).Weights;
        float[] second = Fit(LearningTask.Multiclass, new MLContext(seed: 1), options with { Engine = new ManagedEngine { Threads = otherThreads } }).Weights;

        second.Should().Equal(first);
    }

    [TestMethod]
    public void Fit_SeedOfTheContextAlone_IsTaken()
    {
        var options = Everything(LearningTask.Regression) with { Seed = null };

        var first = Fit(LearningTask.Regression, new MLContext(seed: 31), options);
        var second = Fit(LearningTask.Regression, new MLContext(seed: 31), options);
        var other = Fit(LearningTask.Regression, new MLContext(seed: 32), options);

        first.History.Seed.Should().Be(31);
        second.Weights.Should().Equal(first.Weights);
        other.Weights.Should().NotEqual(first.Weights);
        Fit(LearningTask.Regression, new MLContext(), options with { Seed = 31 }).Weights.Should().Equal(first.Weights);
    }

    [TestMethod]
    public void Fit_EstimatorFittedTwice_GivesTheSameBits()
    {
        var ml = new MLContext(seed: 4);
        var data = Examples.Load(ml);
        var trainer = ml.Regression.Trainers.DeepMlp(Everything(LearningTask.Regression) with { Seed = null });

        trainer.Fit(data).Model.CopyWeights().Values.Should().Equal(trainer.Fit(data).Model.CopyWeights().Values);
    }

    [TestMethod]
    public void Fit_NoSeedAnywhere_DrawsOneThatTheHistoryTells()
    {
        var ml = new MLContext();
        var data = Examples.Load(ml);
        var options = Everything(LearningTask.Regression) with { Seed = null };
        var trainer = ml.Regression.Trainers.DeepMlp(options);

        var first = trainer.Fit(data);
        var second = trainer.Fit(data);
        var repeated = ml.Regression.Trainers.DeepMlp(options with { Seed = first.History.Seed }).Fit(data);

        second.History.Seed.Should().NotBe(first.History.Seed);
        second.Model.CopyWeights().Values.Should().NotEqual(first.Model.CopyWeights().Values);
        repeated.Model.CopyWeights().Values.Should().Equal(first.Model.CopyWeights().Values);
    }

    [TestMethod]
    public void Fit_SeedChanged_ChangesSplitOrderAndWeights()
    {
        ScriptedEngine[] engines = [.. new[] { 1, 1, 2 }.Select(seed =>
        {
            var engine = new ScriptedEngine();
            Fit(LearningTask.Binary, new MLContext(), Trainer.QuickFor(LearningTask.Binary) with { Seed = seed, Engine = engine });
            return engine;
        })];

        engines[1].Should().BeEquivalentTo(engines[0], config => config.Including(engine => engine.StartWeights)
            .Including(engine => engine.ScoredRows).Including(engine => engine.Batches).WithStrictOrdering());
        engines[2].StartWeights.Should().NotEqual(engines[0].StartWeights);
        engines[2].ScoredRows[0].Should().NotEqual(engines[0].ScoredRows[0]);
        engines[2].Batches[0].Should().NotEqual(engines[0].Batches[0]);
    }

    [TestMethod]
    public void Fit_DropoutSwitchedOn_KeepsSplitOrderAndInitialWeights()
    {
        ScriptedEngine[] engines = [.. new[] { 0, 0.5f }.Select(rate =>
        {
            var engine = new ScriptedEngine();
            Fit(LearningTask.Binary, new MLContext(), Trainer.QuickFor(LearningTask.Binary) with { DropoutRate = rate, Engine = engine });
            return engine;
        })];

        engines[1].StartWeights.Should().Equal(engines[0].StartWeights);
        engines[1].Batches.Should().BeEquivalentTo(engines[0].Batches, config => config.WithStrictOrdering());
        engines[1].ScoredRows[0].Should().Equal(engines[0].ScoredRows[0]);
    }

    /// <summary>Options under which all that is random matters.</summary>
    private static DeepMlpOptions Everything(LearningTask task) => Trainer.QuickFor(task) with
    {
        HiddenLayers = [8, 6],
        Normalization = Normalization.Batch,
        DropoutRate = 0.3f,
        InputDropoutRate = 0.1f,
    };

    private static Fitted Fit(LearningTask task, MLContext ml, DeepMlpOptions options) => Trainer.Fit(task, ml, options, Examples.Load(ml, 80));
}
