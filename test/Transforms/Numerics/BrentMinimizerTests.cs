using MLExtensions.Transforms.Numerics;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class BrentMinimizerTests
{
    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1.25)]
    [DataRow(-2.0)]
    [DataRow(40.0)]
    [DataRow(-3000.0)]
    public void Minimize_Parabola_FindsItsVertexWhereverItIs(double vertex) =>
        BrentMinimizer.Minimize(x => (x - vertex) * (x - vertex) + 3, -2, 2).Should().BeApproximately(vertex, 2e-8 * (1 + Math.Abs(vertex)));

    [TestMethod]
    public void Minimize_CurvesThatAreNoParabolas_FindsTheirMinima()
    {
        BrentMinimizer.Minimize(x => Math.Exp(x) - 3 * x, -2, 2).Should().BeApproximately(Math.Log(3), 3e-8);
        BrentMinimizer.Minimize(x => Math.Abs(x - 0.3), -2, 2).Should().BeApproximately(0.3, 3e-8);
        BrentMinimizer.Minimize(x => Math.Pow(x - 1, 4), -2, 2).Should().BeApproximately(1, 1e-3);
        BrentMinimizer.Minimize(x => -Math.Exp(-(x - 0.2) * (x - 0.2)), -2, 2).Should().BeApproximately(0.2, 3e-8);
    }

    [TestMethod]
    public void Minimize_FunctionWithoutValuesBeyondABorder_StaysWithinIt() =>
        BrentMinimizer.Minimize(x => x > 3 ? double.NaN : Math.Exp(-x) + Math.Exp(x - 5), -2, 2).Should().BeApproximately(2.5, 1e-7);

    [TestMethod]
    public void Minimize_Evaluations_AreFew()
    {
        int evaluations = 0;

        BrentMinimizer.Minimize(x => ++evaluations * 0 + Math.Exp(x) - 3 * x, -2, 2);

        evaluations.Should().BeLessThan(25, "parabolas make progress where golden sections would need 50");
    }

    [TestMethod]
    public void Minimize_FunctionThatFallsForEver_ComesToAnEnd() =>
        double.IsNaN(BrentMinimizer.Minimize(x => -x, -2, 2)).Should().BeFalse();
}
