using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Networks.Randomness;
using MLExtensions.Trainers;
using MLExtensions.Tuning.Dimensions;

namespace MLExtensions.Tuning.Tests.Space;

[TestClass]
public sealed class SearchSpaceTests
{
    private static readonly SearchSpace s_space = new SearchSpace()
        .Log("LearningRate", 1e-4, 1e-2, (options, rate) => options with { Optimizer = new AdamOptions { LearningRate = (float)rate } })
        .Integer("Layers", 1, 4, (options, layers) => options with { HiddenLayers = [.. Enumerable.Repeat(32, layers)] })
        .Choice("Activation", [("relu", Activation.Relu), ("tanh", Activation.Tanh)], (options, activation) => options with { Activation = activation })
        .When("Activation", ["relu"], inner => inner.Linear("DropoutRate", 0, 0.5, (options, rate) => options with { DropoutRate = (float)rate }))
        .Choice("BatchSize", [32, 64], (options, size) => options with { BatchSize = size });

    [TestMethod]
    public void Apply_APoint_PutsEachValueIntoItsOption()
    {
        var options = s_space.Apply(new DeepMlpOptions(), new([new("LearningRate", 0.002), new("Layers", 3), new("Activation", 0), new("DropoutRate", 0.25), new("BatchSize", 1)]));

        options.Optimizer.LearningRate.Should().Be(0.002f);
        options.HiddenLayers.Should().Equal(32, 32, 32);
        options.Activation.Should().Be(Activation.Relu);
        options.DropoutRate.Should().Be(0.25f);
        options.BatchSize.Should().Be(64);
    }

    [TestMethod]
    public void Apply_TheEmptyPoint_LeavesOptionsAsTheyAre()
    {
        var options = new DeepMlpOptions { DropoutRate = 0.4f };

        s_space.Apply(options, SearchPoint.Empty).Should().BeSameAs(options);
    }

    [TestMethod]
    public void When_BehindIt_DimensionsAreAlwaysThere() =>
        s_space.Dimensions.Grid(2).Should().HaveCount(2 * 2 * (1 + 2) * 2).And.OnlyContain(point => point["BatchSize"] != null);

    [TestMethod]
    public void When_Nested_AsksForBoth()
    {
        var space = new SearchSpace().Choice("A", ["x", "y"], (o, _) => o)
            .When("A", ["x"], inner => inner.Choice("B", ["u", "v"], (o, _) => o).When("B", ["u"], deeper => deeper.Linear("C", 0, 1, (o, _) => o)));

        space.Dimensions.Grid(1).Should().HaveCount(1 + 1 + 1);
    }

    [TestMethod]
    public void Step_Alternatives_AreOfTheirPoints()
    {
        var ml = new MLContext();
        var scaler = ml.Transforms.NormalizeMeanVariance("Features");
        var space = new SearchSpace().Step("Scaler", ("none", null), ("mean", scaler));

        space.StepsOf(new([new("Scaler", 0)])).Should().BeEmpty();
        space.StepsOf(new([new("Scaler", 1)])).Should().Equal(scaler);
        space.StepsOf(SearchPoint.Empty).Should().BeEmpty();
        space.StepKey(new([new("Scaler", 1)])).Should().NotBe(space.StepKey(new([new("Scaler", 0)])));
    }

    [TestMethod]
    [DataRow(LossTasks.BinaryClassification)]
    [DataRow(LossTasks.MulticlassClassification)]
    [DataRow(LossTasks.MultilabelClassification)]
    [DataRow(LossTasks.Regression)]
    public void For_EveryTaskAndPreset_GivesOptionsThatAreValid(LossTasks task)
    {
        foreach (var options in new[] { new DeepMlpOptions(), DeepMlpOptions.Quick(task), DeepMlpOptions.TabM(task), DeepMlpOptions.RealMlp(task), DeepMlpOptions.Best(task), new DeepMlpOptions { HiddenLayers = [] }, new DeepMlpOptions { Optimizer = new LbfgsOptions(), DropoutRate = 0 } })
        {
            var space = SearchSpace.For(task, options);
            var random = new RandomStream(1, "test");
            for (int i = 0; i < 50; i++)
                space.Invoking(s => s.Apply(options, s.Dimensions.Draw(random)).Validate(task)).Should().NotThrow("{0}", options);
        }
    }

    [TestMethod]
    public void For_AnyTask_EachDimensionChangesTheOptions()
    {
        var space = SearchSpace.For(LossTasks.Regression);
        var random = new RandomStream(1, "test");

        foreach (var entry in space.Entries)
        {
            string[] made = [.. Enumerable.Range(0, 20).Select(_ => space.Dimensions.Draw(random)).Select(point => point[entry.Dimension.Name] is null ? "" : space.Apply(new DeepMlpOptions(), new([.. point.Values.Where(value => value.Key == entry.Dimension.Name || value.Key == entry.Dimension.Condition?.Choice)])).ToString())];
            made.Distinct().Should().HaveCountGreaterThan(1, entry.Dimension.Name);
        }
    }

    [TestMethod]
    public void Members_BadArguments_AreRefused()
    {
        static void ShouldThrow(Func<SearchSpace, SearchSpace> add, string message) => add.Invoking(a => a(s_space)).Should().Throw<ArgumentException>().WithMessage(message);

        ShouldThrow(space => space.Linear("Layers", 0, 1, (o, _) => o), "'Layers' is in the space already*");
        ShouldThrow(space => space.Linear("x", 1, 1, (o, _) => o), "'x' must have a finite lower end below a finite upper one, got 1 and 1.");
        ShouldThrow(space => space.Log("x", 0, 1, (o, _) => o), "'x' is searched by ratio: its lower end must be above 0, got 0*");
        ShouldThrow(space => space.Choice("x", Array.Empty<int>(), (o, _) => o), "'x' has no alternatives*");
        ShouldThrow(space => space.Choice("x", [1, 1], (o, _) => o), "'x' has two alternatives '1'*");
        ShouldThrow(space => space.When("Layers", ["1"], inner => inner), "When needs a choice that was added before, got 'Layers'*");
        ShouldThrow(space => space.When("Activation", ["selu"], inner => inner), "'Activation' has no alternative 'selu': it has relu, tanh.*");
        ShouldThrow(space => space.When("Activation", [], inner => inner), "When needs one of the alternatives*");
    }
}
