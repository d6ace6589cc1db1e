using MLExtensions.Networks.Experiments;
using MLExtensions.Networks.Scoring;
using MLExtensions.Networks.Selection;

namespace MLExtensions.Networks.Tests.Selection;

/// <summary>Which kinds of members are left out, of values that shall be 0.</summary>
[TestClass]
public sealed class KindSelectionTests
{
    private const int Times = 100;

    [TestMethod]
    public void Of_KindThatMakesTheMeanWorse_IsLeftOutWithItsLosses()
    {
        var left = Select([Kind([1, -1, 2, -2]), Kind([5, -5, 6, -7])]);

        left.Should().Equal(new LeftOutKind(1, With: (9 + 9 + 16 + 20.25) / 4, Without: 2.5, Rows: 4 * Times));
    }

    [TestMethod]
    public void Of_KindThatIsWorseAloneAndMakesTheMeanBetter_IsKept() =>
        Select([Kind([1, 1, 1, 1.1f]), Kind([-2, -2, -2.1f, -2])]).Should().BeEmpty("the mean is nearer to 0 than either");

    [TestMethod]
    public void Of_CostlyKind_HasToMakeTheMeanBetter()
    {
        IReadOnlyList<IReadOnlyList<HeldOutRows>> Kinds(params float[][] kinds) => [.. kinds.Select(Kind)];
        KindChoice Choose(IReadOnlyList<IReadOnlyList<HeldOutRows>> kinds, params int[] costly) => KindSelection.Of(kinds, EnsembleMean.Values, rows => Losses(rows, [1, 1, 1, 1]), costly);

        var chance = Kinds([1, 2, 1, 2], [2, 1, 1.2f, 2.1f]);
        Choose(chance).LeftOut.Should().BeEmpty();
        Choose(chance, 1).LeftOut.Should().ContainSingle().Which.Kind.Should().Be(1, "it is no better with it, if no worse");
        Choose(chance, 0, 1).LeftOut.Should().BeEmpty("one of them must stay");

        // Of one that is kept another may go.
        Choose(Kinds([1, 1, 1, 1.1f], [3, 3, 3, 3.1f], [-2, -2, -2.1f, -2]), 2).LeftOut.Should().ContainSingle().Which.Kind.Should().Be(1);
    }

    [TestMethod]
    public void Of_DifferenceByChance_IsKept() =>
        // The means of squares differ, by less than their standard error.
        Select([Kind([1, 2, 1, 2]), Kind([2, 1, 1.2f, 2.1f])]).Should().BeEmpty();

    [TestMethod]
    [DataRow(30, 3.353, 0)]
    [DataRow(60, 4.783, 1)]
    public void Of_FewRows_HaveToBeSurer(int rows, double errors, int leftOut)
    {
        int[] numbers = [.. Enumerable.Range(0, rows)];
        HeldOutRows good = new(numbers, [.. numbers.Select(_ => 1f)]), bad = new(numbers, [.. numbers.Select(row => row % 2 == 0 ? 3f : 0.1f)]);
        double[] weights = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1];

        PairedDifference.Of(Losses(HeldOutRows.MeanOf([good, bad], EnsembleMean.Values), weights), Losses(good, weights)).Z.Should().BeApproximately(errors, 0.001);
        KindSelection.Of([[good], [bad]], EnsembleMean.Values, losses => Losses(losses, weights)).LeftOut.Should().HaveCount(leftOut, "1 + 120 / 30 = 5 and 1 + 120 / 60 = 3 are asked for");
    }

    [TestMethod]
    public void Of_CopiesOfOneRowOrOneOfAllTheWeight_TellNothing()
    {
        Select([Kind([1]), Kind([9])]).Should().BeEmpty("the differences are all the same, and have no error");
        int[] numbers = [.. Enumerable.Range(0, 100)];
        HeldOutRows good = new(numbers, [.. numbers.Select(row => 1 + 0.01f * row)]), bad = new(numbers, [.. numbers.Select(row => 2 + 0.02f * row)]);
        RowLosses Weighted(HeldOutRows rows, double heaviest) => new([.. rows.Outputs.Select(value => (double)value * value)], [.. rows.Rows.Select(row => row == 7 ? heaviest : 1)]);

        KindSelection.Of([[good], [bad]], EnsembleMean.Values, rows => Weighted(rows, 1)).LeftOut.Should().ContainSingle();
        KindSelection.Of([[good], [bad]], EnsembleMean.Values, rows => Weighted(rows, 1e6)).LeftOut.Should().BeEmpty();
    }

    [TestMethod]
    public void Of_SeveralBadKinds_AreLeftOutOneAfterTheOther()
    {
        var left = Select([Kind([9, 8, 9, 8]), Kind([1, 2, 1, 2]), Kind([3, 4, 4, 3])]);

        left.Select(one => one.Kind).Should().Equal(0, 2);
        left[1].With.Should().Be(left[0].Without);
        left[1].Without.Should().Be(2.5);
    }

    [TestMethod]
    public void Of_AllAreBad_KeepsOne() => Select([Kind([9, 8, 9, 8]), Kind([8, 7, 8, 7])]).Select(one => one.Kind).Should().Equal(0);

    [TestMethod]
    public void Of_SeveralMembersOfAKind_AreJudgedByTheMeanOfAll()
    {
        // Of three members one is of the other kind: the mean of all is (2 * 3 - 3) / 3.
        Select([[Rows([3, 3, 3, 3]), Rows([3, 3, 3, 3])], [Rows([-3, -3, -3, -3.1f])]]).Should().BeEmpty();
        // Each is held out in its own rows.
        Select([[Rows([1, 1], 0, 2), Rows([1, 1], 1, 3)], [Rows([5, 6], 0, 2), Rows([5, 6], 1, 3)]]).Should().Equal(new LeftOutKind(1, (9 + 12.25) / 2, 1, 4 * Times));
    }

    [TestMethod]
    public void Of_RowsThatNotAllKindsHeldOut_DoNotCount()
    {
        var left = Select([[Rows([1, 1, 2, 100], 0, 1, 2, 9)], [Rows([3, 4, 4, 100], 2, 0, 1, 5)]]);

        left.Should().ContainSingle().Which.Rows.Should().Be(3 * Times);
        Select([[Rows([1, 1], 0, 1)], [Rows([9, 9], 2, 3)]]).Should().BeEmpty("they have no row in common");
        KindSelection.Of([[new HeldOutRows([0], [1])], [new HeldOutRows([0], [9])]], EnsembleMean.Values, rows => Losses(rows, [1])).LeftOut.Should().BeEmpty("of one row nobody knows the error");
    }

    [TestMethod]
    public void Of_WeightsOfRows_Count()
    {
        // The first kind is bad in the rows of little weight.
        IReadOnlyList<IReadOnlyList<HeldOutRows>> kinds = [Kind([9, 9, 1, 1.5f]), Kind([1, 1, 3, 3])];

        KindSelection.Of(kinds, EnsembleMean.Values, rows => Losses(rows, [1, 1, 1, 1])).LeftOut.Select(one => one.Kind).Should().Equal(0);
        KindSelection.Of(kinds, EnsembleMean.Values, rows => Losses(rows, [1e-3, 1e-3, 10, 10])).LeftOut.Select(one => one.Kind).Should().Equal(1);
    }

    [TestMethod]
    public void Of_Classes_TakesTheMeanOfProbabilities()
    {
        // Log-odds of the true class: the second kind is sure of what is wrong.
        var left = KindSelection.Of([Kind([2, 2, 3, 2]), Kind([-6, -7, -6, -6])], EnsembleMean.Logits, rows => new([.. rows.Outputs.Select(logit => Math.Log(1 + Math.Exp(-logit)))], [.. rows.Rows.Select(_ => 1.0)])).LeftOut;

        left.Should().ContainSingle().Which.Kind.Should().Be(1);
        left[0].With.Should().BeApproximately(new[] { (2.0, -6.0), (2, -7), (3, -6), (2, -6) }.Average(pair => -Math.Log((Sigmoid(pair.Item1) + Sigmoid(pair.Item2)) / 2)), 1e-6);
    }

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    private static IReadOnlyList<LeftOutKind> Select(IReadOnlyList<IReadOnlyList<HeldOutRows>> kinds) =>
        KindSelection.Of(kinds, EnsembleMean.Values, rows => Losses(rows, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1])).LeftOut;

    private static RowLosses Losses(HeldOutRows rows, double[] weights) => new([.. rows.Outputs.Select(value => (double)value * value)], [.. rows.Rows.Select(row => weights[row % 10])]);

    private static HeldOutRows[] Kind(float[] values) => [Rows(values)];

    /// <summary>Many rows of the same values, since few are not trusted.</summary>
    private static HeldOutRows Rows(float[] values, params int[] rows)
    {
        int[] some = rows.Length > 0 ? rows : [.. Enumerable.Range(0, values.Length)];
        return new([.. Enumerable.Range(0, Times).SelectMany(time => some.Select(row => 10 * time + row))], [.. Enumerable.Range(0, Times).SelectMany(_ => values)]);
    }
}
