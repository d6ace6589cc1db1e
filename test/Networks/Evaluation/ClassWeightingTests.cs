using MLExtensions.Networks.Evaluation;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class ClassWeightingTests
{
    private static readonly int[] s_allRows = [0, 1, 2, 3, 4, 5];

    [TestMethod]
    public void Apply_NoClassOptions_KeepsTheData()
    {
        var data = Data([0, 1, 1, 2, 2, 2]);

        ClassWeighting.Apply(data, s_allRows, 3, new(), "Kind").Should().BeSameAs(data);
    }

    [TestMethod]
    public void Apply_ClassWeights_MultipliesRowWeights()
    {
        var data = Data([0, 1, 1, 2, 2, 2], [1, 2, 3, 4, 5, 0]);

        var weighted = ClassWeighting.Apply(data, s_allRows, 3, new() { ClassWeights = [10, 1, 0.5f] }, "Kind");

        weighted.Weights.Should().Equal(10, 2, 3, 2, 2.5f, 0);
        data.Weights.Should().Equal([1, 2, 3, 4, 5, 0], "the given rows are not changed");
    }

    [TestMethod]
    public void Apply_ClassWeightsWithoutRowWeights_AreTheFactors()
    {
        var weighted = ClassWeighting.Apply(Data([0, 1, 1, 2, 2, 2]), s_allRows, 3, new() { ClassWeights = [3, 2, 1] }, "Kind");

        weighted.Weights.Should().Equal(3, 2, 2, 1, 1, 1);
    }

    [TestMethod]
    public void Apply_BalanceClasses_GivesRowsOverClassesTimesRowsOfTheClass()
    {
        var weighted = ClassWeighting.Apply(Data([0, 1, 1, 2, 2, 2]), s_allRows, 3, new() { BalanceClasses = true }, "Kind");

        weighted.Weights.Should().Equal(2, 1, 1, 2f / 3, 2f / 3, 2f / 3);
    }

    [TestMethod]
    public void Apply_BalanceClassesWithRowWeights_CountsByWeight()
    {
        var weighted = ClassWeighting.Apply(Data([0, 0, 1, 1, 1, 1], [3, 3, 1, 0, 1, 0]), s_allRows, 2, new() { BalanceClasses = true }, "Kind");

        // 8 by weight: class 0 has 6 and gets 8 / (2 x 6), class 1 has 2 and gets 8 / (2 x 2).
        weighted.Weights.Should().Equal(2, 2, 2, 0, 2, 0);
    }

    [TestMethod]
    public void Apply_BalanceClasses_LooksAtTrainingRowsAndWeighsAll()
    {
        var weighted = ClassWeighting.Apply(Data([0, 1, 1, 0, 0, 0]), [0, 1, 2], 2, new() { BalanceClasses = true }, "Kind");

        weighted.Weights.Should().Equal(1.5f, 0.75f, 0.75f, 1.5f, 1.5f, 1.5f);
    }

    [TestMethod]
    public void Apply_BalanceClassesWithAClassThatIsNotThere_LeavesItOut()
    {
        var weighted = ClassWeighting.Apply(Data([0, 2, 2, 2, 2, 2]), s_allRows, 4, new() { BalanceClasses = true }, "Kind");

        weighted.Weights.Should().Equal(3, 0.6f, 0.6f, 0.6f, 0.6f, 0.6f);
    }

    [TestMethod]
    public void Apply_OneClassOnlyAmongTrainingRows_IsRefused()
    {
        Action apply = () => ClassWeighting.Apply(Data([0, 1, 1, 1, 1, 1]), [1, 2, 3], 3, new(), "Kind");

        apply.Should().Throw<InvalidOperationException>().WithMessage(
            "Label column 'Kind' has one class only in the 3 training rows: expected at least two. Check the label, whether its file was read with the right separator, and whether the data is sorted by it and cut.");
    }

    [TestMethod]
    public void Apply_OneClassWithWeightOnly_IsRefused()
    {
        Action byRows = () => ClassWeighting.Apply(Data([0, 1, 1, 2, 2, 2], [0, 1, 2, 0, 0, 0]), s_allRows, 3, new(), "Kind");
        Action byClasses = () => ClassWeighting.Apply(Data([0, 1, 1, 1, 1, 1]), s_allRows, 3, new() { ClassWeights = [0, 1, 1] }, "Kind");

        foreach (var apply in new[] { byRows, byClasses })
        {
            apply.Should().Throw<InvalidOperationException>().WithMessage(
                "The 6 training rows have a weight above 0 for fewer than two classes of label column 'Kind': expected at least two. Check ExampleWeightColumnName and ClassWeights.");
        }
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(4)]
    [DataRow(0)]
    public void Apply_WrongNumberOfClassWeights_IsRefused(int count)
    {
        var options = new MlpOptions { ClassWeights = [.. Enumerable.Repeat(1f, count)] };

        Action apply = () => ClassWeighting.Apply(Data([0, 1, 1, 2, 2, 2]), s_allRows, 3, options, "Kind");

        apply.Should().Throw<ArgumentException>()
            .WithMessage($"ClassWeights must have one weight for each of the 3 classes of label column 'Kind', got {count}.");
    }

    private static DataBlock Data(float[] classes, float[]? weights = null) =>
        new(classes.Length, 1, 1, new float[classes.Length], classes, weights);
}
