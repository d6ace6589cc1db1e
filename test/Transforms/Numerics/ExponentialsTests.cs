using MLExtensions.Transforms.Numerics;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class ExponentialsTests
{
    // The values were computed with 40 digits.
    [TestMethod]
    [DataRow(0.0, 0.0)]
    [DataRow(1e-20, 1e-20)]
    [DataRow(1e-8, 9.99999995e-09)]
    [DataRow(-1e-8, -1.0000000050000001e-08)]
    [DataRow(0.3, 0.26236426446749106)]
    [DataRow(-0.4, -0.5108256237659907)]
    [DataRow(5.0, 1.791759469228055)]
    [DataRow(-1.0, double.NegativeInfinity)]
    [DataRow(-2.0, double.NaN)]
    [DataRow(double.PositiveInfinity, double.PositiveInfinity)]
    public void LogOnePlus_AnyNumber_KeepsItsDigits(double x, double expected) => ShouldBe(Exponentials.LogOnePlus(x), expected);

    [TestMethod]
    [DataRow(0.0, 0.0)]
    [DataRow(1e-20, 1e-20)]
    [DataRow(1e-8, 1.0000000050000001e-08)]
    [DataRow(-1e-8, -9.99999995e-09)]
    [DataRow(0.3, 0.3498588075760031)]
    [DataRow(-0.4, -0.3296799539643607)]
    [DataRow(5.0, 147.4131591025766)]
    [DataRow(-800.0, -1.0)]
    [DataRow(double.NaN, double.NaN)]
    public void ExpMinusOne_AnyNumber_KeepsItsDigits(double x, double expected) => ShouldBe(Exponentials.ExpMinusOne(x), expected);

    [TestMethod]
    public void InversePower_OfAPower_GivesTheLogarithmBack()
    {
        foreach (double p in new[] { -3, -0.5, -1e-12, 0, 1e-12, 0.7, 2 })
        {
            foreach (double logarithm in new[] { -2, -1e-9, 0, 1e-9, 0.4, 3 })
                Exponentials.InversePower(p, Exponentials.Power(p, logarithm)).Should().BeApproximately(logarithm, 1e-12);
        }
    }

    private static void ShouldBe(double actual, double expected)
    {
        if (double.IsFinite(expected))
            actual.Should().BeApproximately(expected, 4e-16 * Math.Abs(expected));
        else
            actual.Should().Be(expected);
    }
}
