using MLExtensions.Tuning.Dimensions;
using MLExtensions.Tuning.Importance;

namespace MLExtensions.Tuning.Tests.Importance;

[TestClass]
public sealed class OptionVarianceTests
{
    private static readonly DimensionList s_three = new([new NumberDimension("x", 0, 1), new NumberDimension("y", 0, 1), new NumberDimension("noise", 0, 1)]);

    [TestMethod]
    public void Of_ASumOfTwo_GivesTheirShares()
    {
        // Variances 9 : 1 in the main effects.
        var problem = new TestProblem(s_three, point => 3 * point["x"]!.Value + point["y"]!.Value);

        var shares = OptionVariance.Of(s_three, problem.Search(SearchStrategy.Random, 200, seed: 1))!;

        shares[0].Should().BeApproximately(0.9, 0.08);
        shares[1].Should().BeApproximately(0.1, 0.06);
        shares[2].Should().BeLessThan(0.03);
    }

    [TestMethod]
    public void Of_TwoThatMatterOnlyTogether_GivesLittleToEach()
    {
        var problem = new TestProblem(s_three, point => (point["x"]!.Value - 0.5) * (point["y"]!.Value - 0.5));

        var shares = OptionVariance.Of(s_three, problem.Search(SearchStrategy.Random, 300, seed: 1))!;

        shares.Sum().Should().BeLessThan(0.5);
    }

    [TestMethod]
    public void Of_AChoiceAndOneDivergedTrial_SeesTheChoice()
    {
        var list = new DimensionList([new ChoiceDimension("kind", ["a", "b", "c"]), new NumberDimension("x", 0, 1)]);
        var problem = new TestProblem(list, point => (point["kind"] == 2 ? 1 : 0) + 0.1 * point["x"]!.Value);

        var shares = OptionVariance.Of(list, problem.Search(SearchStrategy.Random, 100, seed: 1, trial => trial.Number == 10 ? trial with { Loss = 1e9 } : trial))!;

        shares[0].Should().BeGreaterThan(0.8);
    }

    [TestMethod]
    public void Of_FewTrialsOrEqualOnes_IsNull()
    {
        var problem = new TestProblem(s_three, _ => 1);

        OptionVariance.Of(s_three, problem.Search(SearchStrategy.Random, 100, seed: 1)).Should().BeNull();
        OptionVariance.Of(s_three, TestProblem.Branin.Search(SearchStrategy.Random, 7, seed: 1)).Should().BeNull();
    }
}
