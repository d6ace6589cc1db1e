using MLExtensions.Transforms.Whitening;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class PrincipalComponentsTests
{
    [TestMethod]
    public void Of_TwoByTwo_IsWhatHandsGive()
    {
        var components = PrincipalComponents.Of(new double[,] { { 2, 1 }, { 1, 2 } });

        double half = Math.Sqrt(0.5);
        components.Variances[0].Should().BeApproximately(3, 1e-14);
        components.Variances[1].Should().BeApproximately(1, 1e-14);
        components.Directions[0, 0].Should().BeApproximately(half, 1e-14);
        components.Directions[0, 1].Should().BeApproximately(half, 1e-14);
        Math.Abs(components.Directions[1, 0] + components.Directions[1, 1]).Should().BeLessThan(1e-14);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(7)]
    [DataRow(40)]
    public void Of_RandomMatrix_PutsItTogetherAgain(int slots)
    {
        double[,] covariance = RandomCovariance(slots, slots + 3);

        var components = PrincipalComponents.Of(covariance);

        components.Variances.Should().BeInDescendingOrder().And.OnlyContain(variance => variance > 0);
        for (int i = 0; i < slots; i++)
        {
            double[] direction = [.. Enumerable.Range(0, slots).Select(slot => components.Directions[i, slot])];
            direction.MaxBy(Math.Abs).Should().BePositive();
            for (int j = 0; j < slots; j++)
            {
                Sum(slots, k => components.Directions[i, k] * components.Directions[j, k]).Should().BeApproximately(i == j ? 1 : 0, 1e-12);
                Sum(slots, k => components.Directions[k, i] * components.Variances[k] * components.Directions[k, j])
                    .Should().BeApproximately(covariance[i, j], 1e-12 * components.Variances[0]);
            }
        }
    }

    [TestMethod]
    public void Of_FewerRowsThanSlots_HasNoVarianceBeyondTheirNumber()
    {
        var components = PrincipalComponents.Of(RandomCovariance(10, 4));

        components.Variances[..4].Should().OnlyContain(variance => variance > 1e-3);
        components.Variances[4..].Should().OnlyContain(variance => variance == 0);
    }

    [TestMethod]
    public void Of_Zeros_HasNoVariance() => PrincipalComponents.Of(new double[3, 3]).Variances.Should().Equal(0, 0, 0);

    [TestMethod]
    [DataRow(0.3, 1)]
    [DataRow(0.5, 2)]
    [DataRow(0.79, 2)]
    [DataRow(0.81, 3)]
    [DataRow(1.0, 4)]
    public void CountFor_Share_IsTheFirstToPassIt(double share, int count) =>
        new PrincipalComponents(new double[4, 4], [5, 3, 1.5, 0.5]).CountFor(share).Should().Be(count);

    private static double[,] RandomCovariance(int slots, int rank)
    {
        var random = new Random(slots);
        double[][] factors = [.. Enumerable.Range(0, rank).Select(_ => Enumerable.Range(0, slots).Select(_ => random.NextDouble() - 0.5).ToArray())];
        double[,] covariance = new double[slots, slots];
        for (int i = 0; i < slots; i++)
        {
            for (int j = 0; j < slots; j++)
                covariance[i, j] = factors.Sum(factor => factor[i] * factor[j]);
        }
        return covariance;
    }

    private static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);
}
