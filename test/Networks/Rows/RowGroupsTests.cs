using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.Rows;
using MLExtensions.Networks.Stopping;

namespace MLExtensions.Networks.Tests;

/// <summary>Whole groups on one side, in shares as near to those asked for as groups allow.</summary>
[TestClass]
public sealed class RowGroupsTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Divide_ManyGroupsOfUnequalSizes_KeepsGroupsWholeAndSharesNear(int seed)
    {
        var random = new Random(seed);
        int[] groups = [.. Enumerable.Range(0, 60).SelectMany(group => Enumerable.Repeat(group, random.Next(1, 30)))];
        // A class in ten rows of a hundred, by group.
        int[] classes = [.. groups.Select(group => group % 10 == 0 ? 1 : 0)];
        int[] rows = [.. Enumerable.Range(0, groups.Length)];

        int[][] parts = RowGroups.Divide(Rows(rows, groups, classes, seed), [0.8, 0.2]);

        parts.SelectMany(part => part).Should().BeEquivalentTo(rows);
        parts[0].Select(row => groups[row]).Should().NotIntersectWith(parts[1].Select(row => groups[row]));
        parts.Should().AllSatisfy(part => part.Should().BeInAscendingOrder());
        ((double)parts[1].Length / rows.Length).Should().BeApproximately(0.2, 0.03);
        ((double)parts[1].Count(row => classes[row] == 1) / classes.Sum()).Should().BeApproximately(0.2, 0.13, "six groups have the class");
    }

    [TestMethod]
    public void Divide_OtherSeeds_TakeOtherGroups()
    {
        int[] groups = [.. Enumerable.Range(0, 200).Select(row => row / 4)];
        int[] rows = [.. Enumerable.Range(0, 200)];

        var asides = Enumerable.Range(1, 5).Select(seed => string.Join(',', RowGroups.Divide(Rows(rows, groups, null, seed), [0.85, 0.15])[1])).ToList();

        asides.Should().OnlyHaveUniqueItems();
        string.Join(',', RowGroups.Divide(Rows(rows, groups, null, 1), [0.85, 0.15])[1]).Should().Be(asides[0]);
    }

    [TestMethod]
    public void Divide_GroupsAboveTheShare_LeavesNoPartEmpty()
    {
        int[] groups = [.. Enumerable.Repeat(0, 50), .. Enumerable.Repeat(1, 30)];

        int[][] parts = RowGroups.Divide(Rows([.. Enumerable.Range(0, 80)], groups, null, 1), [0.9, 0.1]);

        parts[1].Should().HaveCount(30, "the smaller group is nearer to a tenth");
    }

    [TestMethod]
    public void Folds_AsManyAsGroups_HaveOneEach()
    {
        int[] groups = [0, 0, 0, 1, 1, 2, 2, 2, 2, 3];
        int[] classes = [0, 0, 1, 1, 0, 0, 1, 1, 0, 1];

        var folds = new GroupedValidationRows("Patient").Folds(Rows([.. Enumerable.Range(0, 10)], groups, classes, 3), 4);

        folds.Select(fold => fold.Validation.Select(row => groups[row]).Distinct().Single()).Should().BeEquivalentTo([0, 1, 2, 3]);
        folds.Should().AllSatisfy(fold => fold.Training.Concat(fold.Validation).Should().HaveCount(10).And.OnlyHaveUniqueItems());
    }

    [TestMethod]
    public void Folds_MoreThanGroups_AreRefused()
    {
        var act = () => new GroupedValidationRows("Patient").Folds(Rows([0, 1, 2], [0, 0, 1], null, 1), 3);

        act.Should().Throw<InvalidOperationException>().WithMessage("2 groups of column 'Patient' (EarlyStopping.ValidationRows) cannot be cut into 3 folds: give rows of more groups, fewer Ensemble.Members, or Ensemble.Folds = false.");
    }

    [TestMethod]
    public void Split_OneGroup_IsRefused()
    {
        var act = () => new GroupedValidationRows("Patient").Split(Rows([0, 1, 2], [4, 4, 4], null, 1));

        act.Should().Throw<InvalidOperationException>().WithMessage("All 3 training rows are of one group of column 'Patient' (EarlyStopping.ValidationRows): expected two groups at least, one to train on and one to validate on. *");
    }

    [TestMethod]
    public void Last_Fraction_TakesTheLastRows()
    {
        var split = RowSplit.Last([1, 3, 5, 7, 9], 0.4f);

        split.Training.Should().Equal(1, 3, 5);
        split.Validation.Should().Equal(7, 9);
    }

    [TestMethod]
    [DataRow(0.1f, "validation", "larger")]
    [DataRow(0.9f, "training", "smaller")]
    public void Last_OneSideEmpty_IsRefused(float fraction, string side, string size)
    {
        var act = () => RowSplit.Last([0, 1, 2], fraction);

        act.Should().Throw<InvalidOperationException>().WithMessage($"Setting aside {100 * fraction:0} % of 3 rows leaves no row for {side}. Give more rows, a {size} EarlyStopping.ValidationFraction, *");
    }

    [TestMethod]
    [DataRow(0.2f, new[] { 4, 6 })]
    [DataRow(0.35f, new[] { 1, 4, 5, 6 })]
    [DataRow(0.01f, new[] { 4, 6 })]
    [DataRow(0.99f, new[] { 0, 1, 3, 4, 5, 6, 7, 8, 9 })]
    public void Latest_EqualTimes_StandOnOneSide(float fraction, int[] expected)
    {
        int[] times = [1, 2, 0, 1, 3, 2, 3, 1, 1, 1];

        var split = RowSplit.Latest([.. Enumerable.Range(0, 10)], fraction, times, "Date");

        split.Validation.Should().Equal(expected);
        split.Training.Should().Equal(Enumerable.Range(0, 10).Except(expected));
    }

    private static RowsToSplit Rows(int[] rows, int[] groups, int[]? classes, int seed) => new(rows, 0.2f, classes, groups, new RandomStream(seed, "split"));
}
