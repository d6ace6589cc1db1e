using MLExtensions.Networks.Experiments;

namespace MLExtensions.Networks.Tests.Experiments;

[TestClass]
public sealed class PairedDifferenceTests
{
    [TestMethod]
    public void Of_Losses_IsTheMeanDifferenceWithItsError()
    {
        var difference = PairedDifference.Of(new RowLosses([3, 5, 4, 6], [1, 1, 1, 1]), new RowLosses([1, 2, 3, 4], [1, 1, 1, 1]));

        // Differences 2, 3, 1, 2: mean 2, variance 2 / 3.
        difference.Mean.Should().Be(2);
        difference.Error.Should().BeApproximately(Math.Sqrt(2 / 3.0 / 4), 1e-12);
        difference.Z.Should().BeApproximately(2 / Math.Sqrt(1 / 6.0), 1e-9);
    }

    [TestMethod]
    public void Of_RowsOfNoWeight_DoNotCount() =>
        PairedDifference.Of(new RowLosses([3, 100], [1, 0]), new RowLosses([1, 2], [1, 0])).Mean.Should().Be(2);

    [TestMethod]
    public void Of_EqualLosses_IsNoDifference() => PairedDifference.Of(new RowLosses([3, 5], [1, 1]), new RowLosses([3, 5], [1, 1])).Z.Should().Be(0);
}
