using MLExtensions.Networks.Randomness;
using MLExtensions.Tuning.Validation;

namespace MLExtensions.Tuning.Tests.Validation;

[TestClass]
public sealed class FoldAssignmentTests
{
    private static readonly int[] s_classes = [.. Enumerable.Range(0, 200).Select(row => row % 10 == 0 ? 1 : row % 25 == 1 ? 2 : 0)];

    [TestMethod]
    public void Folds_OfClasses_HaveEachInProportion()
    {
        int[] folds = FoldAssignment.Folds(200, 4, s_classes, null, Random(1));

        for (int fold = 0; fold < 4; fold++)
        {
            Rows(folds, fold).Should().HaveCount(50);
            Rows(folds, fold).Count(row => s_classes[row] == 1).Should().Be(5);
            Rows(folds, fold).Count(row => s_classes[row] == 2).Should().Be(2);
        }
        folds.Should().Equal(FoldAssignment.Folds(200, 4, s_classes, null, Random(1))).And.NotEqual(FoldAssignment.Folds(200, 4, s_classes, null, Random(2)));
    }

    [TestMethod]
    public void Folds_TheOnlyRowOfAClass_IsTrainedOnInAll()
    {
        int[] classes = [.. Enumerable.Repeat(0, 9), 1];

        FoldAssignment.Folds(10, 3, classes, null, Random(1))[9].Should().Be(FoldAssignment.None);
    }

    [TestMethod]
    public void Folds_OfGroups_KeepThemTogetherAndClassesInProportionAsFarAsTheyAllow()
    {
        // Groups of 5, of which every fourth is all of class 1.
        int[] groups = [.. Enumerable.Range(0, 200).Select(row => row / 5)];
        int[] classes = [.. groups.Select(group => group % 4 == 0 ? 1 : 0)];

        int[] folds = FoldAssignment.Folds(200, 5, classes, groups, Random(1));

        Enumerable.Range(0, 200).GroupBy(row => groups[row]).Should().OnlyContain(group => group.Select(row => folds[row]).Distinct().Count() == 1);
        for (int fold = 0; fold < 5; fold++)
        {
            Rows(folds, fold).Should().HaveCount(40);
            Rows(folds, fold).Count(row => classes[row] == 1).Should().Be(10);
        }
    }

    [TestMethod]
    public void Folds_OfGroupsOfManySizes_AreOfAboutOneSize()
    {
        int[] groups = [.. Enumerable.Range(1, 30).SelectMany(group => Enumerable.Repeat(group, group))];

        int[] folds = FoldAssignment.Folds(groups.Length, 3, null, groups, Random(1));

        Enumerable.Range(0, 3).Select(fold => Rows(folds, fold).Count).Should().OnlyContain(count => count >= 153 && count <= 157);
    }

    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.25)]
    [DataRow(0.5)]
    [DataRow(0.8)]
    public void Share_WithAndWithoutGroups_IsOfThatSize(double fraction)
    {
        int[] groups = [.. Enumerable.Range(0, 200).Select(row => row / 2)];

        Rows(FoldAssignment.Share(200, fraction, s_classes, null, Random(1)), 0).Should().HaveCount((int)(200 * fraction));
        int[] grouped = FoldAssignment.Share(200, fraction, null, groups, Random(1));
        Rows(grouped, 0).Should().HaveCount((int)(200 * fraction));
        Enumerable.Range(0, 200).GroupBy(row => groups[row]).Should().OnlyContain(group => group.Select(row => grouped[row]).Distinct().Count() == 1);
    }

    [TestMethod]
    public void Folds_FewerRowsOrGroupsThanFolds_AreRefused()
    {
        this.Invoking(_ => FoldAssignment.Folds(3, 4, null, null, Random(1))).Should().Throw<InvalidOperationException>().WithMessage("3 rows are too few to cut rows into 4 folds: expected 4 at least.");
        this.Invoking(_ => FoldAssignment.Folds(4, 3, null, [0, 0, 1, 1], Random(1))).Should().Throw<InvalidOperationException>().WithMessage("2 values of the sampling key are too few to cut rows into 3 folds: expected 3 at least.");
    }

    private static List<int> Rows(int[] folds, int fold) => [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == fold)];

    private static RandomStream Random(int seed) => new(seed, "test");
}
