using MLExtensions.Transforms.Maps;
using MLExtensions.Transforms.Statistics;
using MLExtensions.Transforms.Whitening;

namespace MLExtensions.Transforms.Tests;

/// <summary>Few rows of many slots, through the smaller matrix, beside the covariances themselves.</summary>
[TestClass]
public sealed class ComponentsOfFewRowsTests
{
    [TestMethod]
    [DataRow(2, 3)]
    [DataRow(5, 40)]
    [DataRow(30, 33)]
    [DataRow(20, 120)]
    public void Of_FewRows_IsWhatCovariancesGive(int count, int slots)
    {
        double[][] rows = Rows(count, slots);
        var direct = PrincipalComponents.Of(Of(rows, slots).Matrix());

        var components = ComponentsOfFewRows.Of(Of(rows, slots).CentredRows(), 0, new double[slots]);

        components.Variances.Should().HaveCount(count);
        components.Variances[^1].Should().Be(0);
        ShouldBeOrthonormal(components, slots);
        for (int k = 0; k < count - 1; k++)
        {
            components.Variances[k].Should().BeApproximately(direct.Variances[k], 1e-13 * direct.Variances[0]);
            for (int slot = 0; slot < slots; slot++)
                components.Directions[k, slot].Should().BeApproximately(direct.Directions[k, slot], 1e-9);
        }
    }

    [TestMethod]
    public void Of_RowsThatDependAndMoreComponentsThanRows_FillsUpWithDirectionsAtRightAngles()
    {
        double[][] rows = Rows(4, 12);
        rows = [.. rows, rows[0], rows[1]];

        var components = ComponentsOfFewRows.Of(Of(rows, 12).CentredRows(), 12, new double[12]);

        components.Variances.Should().HaveCount(12);
        components.Variances[..3].Should().OnlyContain(variance => variance > 1e-3);
        components.Variances[3..].Should().OnlyContain(variance => variance == 0);
        ShouldBeOrthonormal(components, 12);
    }

    [TestMethod]
    public void Of_VariancesFarApart_StaysOrthonormal()
    {
        double[][] rows = [.. Rows(8, 50).Select((row, i) => row.Select(value => value * Math.Pow(10, -i * 0.8)).ToArray())];

        ShouldBeOrthonormal(ComponentsOfFewRows.Of(Of(rows, 50).CentredRows(), 0, new double[50]), 50);
    }

    [TestMethod]
    public void Of_EqualRows_HasNoVariance() =>
        ComponentsOfFewRows.Of(Of([[1, 2, 3, 4], [1, 2, 3, 4]], 4).CentredRows(), 0, new double[4]).Variances.Should().Equal(0, 0);

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.3)]
    public void ZeroPhaseOfFewRows_IsWhatTheWholeMatrixGives(double epsilon)
    {
        const int Slots = 30;
        double[][] rows = Rows(10, Slots);
        double[] means = Of(rows, Slots).Means();
        var options = new WhiteningOptions(WhiteningMethod.ZeroPhase, null, null, epsilon);
        var few = (LowRankMap)options.MapOf(Parameters(ComponentsOfFewRows.Of(Of(rows, Slots).CentredRows(), 0, new double[Slots]), means, options));
        var whole = (LinearMap)options.MapOf(Parameters(PrincipalComponents.Of(Of(rows, Slots).Matrix()), means, options));

        foreach (double[] row in rows.Concat(Rows(3, Slots, seed: 77)))
        {
            double[] fromFew = new double[Slots], fromWhole = new double[Slots], back = new double[Slots];
            few.Apply(row, fromFew);
            whole.Apply(row, fromWhole);
            few.Inverse().Apply(fromFew, back);

            for (int slot = 0; slot < Slots; slot++)
            {
                fromFew[slot].Should().BeApproximately(fromWhole[slot], 1e-10);
                back[slot].Should().BeApproximately(row[slot], 1e-10);
            }
        }
    }

    private static WhiteningParameters Parameters(PrincipalComponents components, double[] means, WhiteningOptions options) =>
        new([.. means], [.. Enumerable.Range(0, components.Variances.Length).Select(k => System.Collections.Immutable.ImmutableArray.Create<double>(PrincipalComponents.DirectionOf(components.Directions, k)))],
            [.. components.Variances], [.. components.Variances.Select(options.DivisorOf)], 1);

    private static void ShouldBeOrthonormal(PrincipalComponents components, int slots)
    {
        for (int i = 0; i < components.Variances.Length; i++)
        {
            for (int j = 0; j < components.Variances.Length; j++)
            {
                Enumerable.Range(0, slots).Sum(slot => components.Directions[i, slot] * components.Directions[j, slot])
                    .Should().BeApproximately(i == j ? 1 : 0, 1e-11);
            }
        }
    }

    private static Covariance Of(double[][] rows, int slots)
    {
        var covariance = new Covariance(slots);
        foreach (double[] row in rows)
            covariance.Add(row);
        return covariance;
    }

    private static double[][] Rows(int count, int slots, int seed = 9)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, slots).Select(slot => slot + random.NextDouble() * (1 + slot % 3)).ToArray())];
    }
}
