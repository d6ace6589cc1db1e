using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.Rows;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class RowSplitTests
{
    [TestMethod]
    [DataRow(2, 0.5f, 1)]
    [DataRow(100, 0.15f, 15)]
    [DataRow(103, 0.15f, 15)]
    [DataRow(10, 0.25f, 3)]
    [DataRow(3, 0.9f, 2)]
    [DataRow(20_640, 0.2f, 4_128)]
    public void Random_WithoutClasses_SetsTheShareAside(int rows, float fraction, int expected)
    {
        var split = RowSplit.Random(rows, fraction, null, Stream(1));

        split.Validation.Should().HaveCount(expected);
        split.Training.Concat(split.Validation).Order().Should().Equal(Enumerable.Range(0, rows));
    }

    [TestMethod]
    public void Random_WithClasses_SetsTheSameShareOfEachAside()
    {
        int[] counts = [200, 60, 20, 3];
        int[] classes = [.. counts.SelectMany((count, index) => Enumerable.Repeat(index, count))];
        Stream(9).Shuffle<int>(classes);

        var split = RowSplit.Random(classes.Length, 0.15f, classes, Stream(1));

        split.Training.Concat(split.Validation).Order().Should().Equal(Enumerable.Range(0, classes.Length));
        CountsOf(split.Validation.Select(row => classes[row])).Should().Equal(30, 9, 3);
        CountsOf(split.Training.Select(row => classes[row])).Should().Equal(170, 51, 17, 3);
    }

    [TestMethod]
    public void Random_ClassOfOneRow_KeepsItForTraining()
    {
        int[] classes = [0, 1, 1, 1, 1];

        var split = RowSplit.Random(classes.Length, 0.9f, classes, Stream(1));

        split.Training.Should().Contain(0);
        split.Training.Should().HaveCount(2, "of each class at least one row is trained on");
    }

    [TestMethod]
    public void Random_SameSeed_GivesTheSameRows()
    {
        var first = RowSplit.Random(50, 0.2f, null, Stream(4));
        var second = RowSplit.Random(50, 0.2f, null, Stream(4));
        var other = RowSplit.Random(50, 0.2f, null, Stream(5));

        second.Validation.Should().Equal(first.Validation);
        other.Validation.Should().NotEqual(first.Validation);
    }

    [TestMethod]
    public void Random_ManySeeds_SetsEveryRowAsideAboutAsOften()
    {
        int[] counts = new int[10];

        for (int seed = 0; seed < 1_000; seed++)
        {
            foreach (int row in RowSplit.Random(10, 0.3f, null, Stream(seed)).Validation)
                counts[row]++;
        }

        counts.Should().OnlyContain(count => count > 240 && count < 360, "300 are expected of each, and the standard deviation is 14");
    }

    [TestMethod]
    [DataRow(3, 0.15f, "15")]
    [DataRow(1, 0.9f, "90")]
    [DataRow(10, 0.01f, "1")]
    [DataRow(10, 0.001f, "0.1")]
    public void Random_NoRowLeftForValidation_SaysWhatToDo(int rows, float fraction, string percent)
    {
        Action split = () => RowSplit.Random(rows, fraction, null, Stream(1));

        split.Should().Throw<InvalidOperationException>().WithMessage(
            $"Setting aside {percent} % of {rows} rows leaves no row for validation. Give more rows, a larger " +
            "EarlyStopping.ValidationFraction, a validation set to Fit, or EarlyStopping = null.");
    }

    [TestMethod]
    public void At_TrainingRowsFirst_SplitsThere()
    {
        var split = RowSplit.At(3, 5);

        split.Training.Should().Equal(0, 1, 2);
        split.Validation.Should().Equal(3, 4);
    }

    [TestMethod]
    public void WithoutValidation_AnyRows_TrainsOnAll()
    {
        var split = RowSplit.WithoutValidation(3);

        split.Training.Should().Equal(0, 1, 2);
        split.Validation.Should().BeEmpty();
    }

    private static RandomStream Stream(int seed) => new(seed, "test");

    private static IEnumerable<int> CountsOf(IEnumerable<int> classes) => classes.CountBy(index => index).OrderBy(pair => pair.Key).Select(pair => pair.Value);
}
