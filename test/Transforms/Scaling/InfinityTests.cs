using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

/// <summary>What becomes of infinities, as the README says: fitting refuses them, and transforming keeps or bounds them.</summary>
[TestClass]
public sealed class InfinityTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(double.PositiveInfinity)]
    [DataRow(double.NegativeInfinity)]
    public void Fit_Infinity_IsRefusedByAll(double infinity)
    {
        var whitening = _ml.Transforms.WhitenPrincipalComponents("Vector");
        foreach (IEstimator<ITransformer> estimator in Cases().Select(scaler => scaler.Estimator).Append(whitening))
        {
            Action fit = () => estimator.Fit(Load([1, 2], [3, 5], [infinity, 4]));

            fit.Should().Throw<InvalidOperationException>().WithMessage("Column 'Vector', slot 0, is infinite in row 2 (counted from 0).*");
        }
    }

    [TestMethod]
    public void Transform_Infinity_StaysInfiniteOrComesToTheEnd()
    {
        foreach (var (estimator, low, high) in Cases())
        {
            var transformer = estimator.Fit(Load([1, 2], [1, 7], [3, 5], [1e6, 4]));

            double[][] rows = [.. transformer.Transform(Load([double.PositiveInfinity, 2], [double.NegativeInfinity, 2])).GetColumn<double[]>("Vector").Select(row => row.ToArray())];

            rows[0][0].Should().Match(value => value.Equals(high) || Math.Abs(value - high) < 1e-6);
            rows[1][0].Should().Match(value => value.Equals(low) || Math.Abs(value - low) < 1e-6);
        }
    }

    [TestMethod]
    [DataRow(WhiteningMethod.PrincipalComponents)]
    [DataRow(WhiteningMethod.ZeroPhase)]
    public void Transform_InfinityUnderWhitening_SpoilsTheWholeRow(WhiteningMethod method)
    {
        var transformer = _ml.Transforms.WhitenPrincipalComponents("Vector", method: method).Fit(Load([1, 2], [1, 7], [3, 5], [6, 4]));

        transformer.Transform(Load([double.PositiveInfinity, 2])).GetColumn<double[]>("Vector").Single().Should().OnlyContain(value => !double.IsFinite(value));
    }

    [TestMethod]
    public void Transform_InfinityUnderPowersThatEnd_IsTheirEnd()
    {
        var transformer = _ml.Transforms.ScalePower("Vector", standardize: false).Fit(Load([1, 2], [1, 7], [1e10, 5]));
        double lambda = transformer.GetParameters("Vector").Lambdas[0];

        lambda.Should().BeNegative();
        transformer.Transform(Load([double.PositiveInfinity, 1])).GetColumn<double[]>("Vector").Single()[0].Should().BeApproximately(-1 / lambda, 1e-15);
    }

    private (IEstimator<ITransformer> Estimator, double Low, double High)[] Cases() =>
    [
        (_ml.Transforms.ScaleStandard("Vector"), double.NegativeInfinity, double.PositiveInfinity),
        (_ml.Transforms.ScaleMinMax("Vector"), double.NegativeInfinity, double.PositiveInfinity),
        (_ml.Transforms.ScaleMinMax("Vector", minimum: -2, maximum: 5, clip: true), -2, 5),
        (_ml.Transforms.ScaleMaxAbs("Vector"), double.NegativeInfinity, double.PositiveInfinity),
        (_ml.Transforms.ScaleRobust("Vector"), double.NegativeInfinity, double.PositiveInfinity),
        (_ml.Transforms.ScaleRobust("Vector", smoothClipLimit: 3), -3, 3),
        (_ml.Transforms.ScaleQuantile("Vector"), 0, 1),
        (_ml.Transforms.ScaleQuantile("Vector", distribution: QuantileDistribution.Normal), -5.199337582605575, 5.19933758270342),
    ];

    private IDataView Load(params double[][] rows) => _ml.Data.LoadFromEnumerable(rows.Select(row => new Row { Vector = row }).ToArray());

    private sealed class Row
    {
        [VectorType(2)]
        public double[] Vector { get; set; } = [];
    }
}
