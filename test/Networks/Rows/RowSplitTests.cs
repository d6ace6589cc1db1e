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
        var split = RowSplit.Random(Rows(rows), fraction, null, Stream(1));

        split.Validation.Should().HaveCount(expected);
        split.Training.Concat(split.Validation).Order().Should().Equal(Enumerable.Range(0, rows));
    }

    [TestMethod]
    public void Random_WithClasses_SetsTheSameShareOfEachAside()
    {
        int[] counts = [200, 60, 20, 3];
        int[] classes = [.. counts.SelectMany((count, index) => Enumerable.Repeat(index, count))];
        Stream(9).Shuffle<int>(classes);

        var split = RowSplit.Random(Rows(classes.Length), 0.15f, classes, Stream(1));

        split.Training.Concat(split.Validation).Order().Should().Equal(Enumerable.Range(0, classes.Length));
        CountsOf(split.Validation.Select(row => classes[row])).Should().Equal(30, 9, 3);
        CountsOf(split.Training.Select(row => classes[row])).Should().Equal(170, 51, 17, 3);
    }

    [TestMethod]
    public void Random_ClassOfOneRow_KeepsItForTraining()
    {
        int[] classes = [0, 1, 1, 1, 1];

        var split = RowSplit.Random(Rows(classes.Length), 0.9f, classes, Stream(1));

        split.Training.Should().Contain(0);
        split.Training.Should().HaveCount(2, "of each class at least one row is trained on");
    }

    [TestMethod]
    public void Random_SameSeed_GivesTheSameRows()
    {
        var first = RowSplit.Random(Rows(50), 0.2f, null, Stream(4));
        var second = RowSplit.Random(Rows(50), 0.2f, null, Stream(4));
        var other = RowSplit.Random(Rows(50), 0.2f, null, Stream(5));

        second.Validation.Should().Equal(first.Validation);
        other.Validation.Should().NotEqual(first.Validation);
    }

    [TestMethod]
    public void Random_ManySeeds_SetsEveryRowAsideAboutAsOften()
    {
        int[] counts = new int[10];

        for (int seed = 0; seed < 1_000; seed++)
        {
            foreach (int row in RowSplit.Random(Rows(10), 0.3f, null, Stream(seed)).Validation)
                counts[row]++;
        }

        counts.Should().OnlyContain(count => count > 240 && count < 360, "300 are expected of each, and the standard deviation is 14");
    }

    [TestMethod]
    [DataRow("3 rows", 3, 0.15f, "15")]
    [DataRow("1 row", 1, 0.9f, "90")]
    [DataRow("10 rows", 10, 0.01f, "1")]
    [DataRow("10 rows", 10, 0.001f, "0.1")]
    public void Random_NoRowLeftForValidation_SaysWhatToDo(string some, int rows, float fraction, string percent)
    {
        Action split = () => RowSplit.Random(Rows(rows), fraction, null, Stream(1));

        split.Should().Throw<InvalidOperationException>().WithMessage(
            $"Setting aside {percent} % of {some} leaves no row for validation. Give more rows, a larger " +
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
    public void At_AllRows_TrainsOnAll()
    {
        var split = RowSplit.At(3, 3);

        split.Training.Should().Equal(0, 1, 2);
        split.Validation.Should().BeEmpty();
    }

    [TestMethod]
    [DataRow(200, 3, 90)]
    [DataRow(50, 10, 75)]
    [DataRow(7, 2, 2)]
    [DataRow(3, 1_000, 450)]
    public void Random_ClassesOfFewRows_SetsTheShareOfTheWholeAside(int classes, int rowsOfEach, int expected)
    {
        int[] classOf = [.. Enumerable.Range(0, classes * rowsOfEach).Select(row => row % classes)];

        var split = RowSplit.Random(Rows(classOf.Length), 0.15f, classOf, Stream(3));

        split.Validation.Should().HaveCount(expected);
        split.Training.Select(row => classOf[row]).Distinct().Should().HaveCount(classes, "no class is lost to training");
        int[] aside = [.. Enumerable.Range(0, classes).Select(index => split.Validation.Count(row => classOf[row] == index))];
        (aside.Max() - aside.Min()).Should().BeLessThanOrEqualTo(1);
    }

    [TestMethod]
    public void Random_ClassesOfFewRows_ChoosesAmongThemByTheSeed()
    {
        int[] classOf = [.. Enumerable.Range(0, 60).Select(row => row % 20)];

        int[] Classes(int seed) => [.. RowSplit.Random(Rows(60), 0.15f, classOf, Stream(seed)).Validation.Select(row => classOf[row]).Order()];

        Classes(1).Should().NotEqual(Classes(2));
    }

    [TestMethod]
    public void Random_SingleRowsBesideALargeClass_TakesWhatItMayOfTheLargeOne()
    {
        int[] classOf = [.. Enumerable.Range(0, 110).Select(row => row < 100 ? 0 : row)];

        var split = RowSplit.Random(Rows(110), 0.155f, classOf, Stream(1));

        split.Validation.Should().HaveCount(16).And.OnlyContain(row => row < 100);
    }

    [TestMethod]
    public void Random_EachRowOfAClassOfItsOwn_SaysSo()
    {
        Action split = () => RowSplit.Random(Rows(40), 0.5f, Rows(40), Stream(1));

        split.Should().Throw<InvalidOperationException>().WithMessage(
            "Each of the 40 rows is of a class of its own, of which one row must be trained on, so that none is left for validation. " +
            "Give more rows, a validation set to Fit, or EarlyStopping = null.");
    }

    [TestMethod]
    public void WithWeight_SomeRows_LeavesThoseOfNoWeightOut()
    {
        RowSplit.WithWeight([1, 0, 2, 0, 3], [0, 1, 4]).Should().Equal(0, 4);
        RowSplit.WithWeight(null, [0, 1]).Should().Equal(0, 1);
    }

    private static int[] Rows(int count) => [.. Enumerable.Range(0, count)];

    private static RandomStream Stream(int seed) => new(seed, "test");

    private static IEnumerable<int> CountsOf(IEnumerable<int> classes) => classes.CountBy(index => index).OrderBy(pair => pair.Key).Select(pair => pair.Value);
}
