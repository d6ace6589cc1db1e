using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class PowerScalingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_LogarithmsOfNormalValues_AreWhatBoxCoxFinds()
    {
        double[] values = [.. Enumerable.Range(0, 4000).Select(i => Math.Exp(MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (i + 0.5) / 4000)))];

        var transformer = _ml.Transforms.ScalePower("Double", method: PowerMethod.BoxCox).Fit(Load(values));
        double[] scaled = [.. transformer.Transform(Load(values)).GetColumn<double>("Double")];

        transformer.GetParameters("Double").Lambdas.Single().Should().BeApproximately(0, 1e-6);
        scaled.Average().Should().BeApproximately(0, 1e-10);
        scaled.Average(value => value * value).Should().BeApproximately(1, 1e-10);
    }

    [TestMethod]
    public void Fit_WithoutStandardizing_GivesThePowersThemselves()
    {
        var transformer = _ml.Transforms.ScalePower("Double", standardize: false).Fit(Load(0.1, 0.5, 1, 3, 20));
        var parameters = transformer.GetParameters("Double");
        double lambda = parameters.Lambdas.Single();

        transformer.Transform(Load(3)).GetColumn<double>("Double").Single().Should().BeApproximately((Math.Pow(4, lambda) - 1) / lambda, 1e-13);
        transformer.Transform(Load(-3)).GetColumn<double>("Double").Single().Should().BeApproximately(-(Math.Pow(4, 2 - lambda) - 1) / (2 - lambda), 1e-12);
        parameters.Divisors.Should().Equal(1);
        parameters.StandardDeviations.Single().Should().BePositive();
    }

    [TestMethod]
    [DataRow(PowerMethod.YeoJohnson)]
    [DataRow(PowerMethod.BoxCox)]
    public void Fit_ConstantSlot_KeepsItsValues(PowerMethod method)
    {
        var transformer = _ml.Transforms.ScalePower("Double", method: method).Fit(Load(3, 3, double.NaN));
        var parameters = transformer.GetParameters("Double");

        (parameters.Lambdas.Single(), parameters.Divisors.Single()).Should().Be((1, 1));
        transformer.Transform(Load(3, 4.5, double.NaN)).GetColumn<double>("Double").Should().Equal(0, 1.5, double.NaN);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(-2.5)]
    public void Fit_BoxCoxOfANumberThatIsNotPositive_NamesRowAndSlot(double value)
    {
        var scalar = Load(1, double.NaN, value, 4);
        var vector = _ml.Data.LoadFromEnumerable([new ScalerRow { Doubles = [1, 2], Features = [0, 0, 0] }, new ScalerRow { Doubles = [1, value], Features = [0, 0, 0] }]);
        Action fitScalar = () => _ml.Transforms.ScalePower("Double", method: PowerMethod.BoxCox).Fit(scalar);
        Action fitVector = () => _ml.Transforms.ScalePower("Doubles", method: PowerMethod.BoxCox).Fit(vector);

        fitScalar.Should().Throw<InvalidOperationException>().WithMessage(FormattableString.Invariant($"Column 'Double' is {value} in row 2 (counted from 0), ") +
            "and Box-Cox needs positive numbers. Use PowerMethod.YeoJohnson, which takes any, or shift the column.");
        fitVector.Should().Throw<InvalidOperationException>().WithMessage(FormattableString.Invariant($"Column 'Doubles', slot 1, is {value} in row 1 (counted from 0)*"));
    }

    [TestMethod]
    public void Transform_BoxCoxOfANumberThatIsNotPositive_NamesRowAndSlot()
    {
        var scalar = _ml.Transforms.ScalePower("Double", method: PowerMethod.BoxCox).Fit(Load(1, 2, 5));
        var vectors = _ml.Data.LoadFromEnumerable([new Sparse { Vector = new(4, [1, 2, 3, 4]) }, new Sparse { Vector = new(4, [5, 1, 2, 9]) }]);
        var vector = _ml.Transforms.ScalePower("Vector", method: PowerMethod.BoxCox).Fit(vectors);
        var sparse = _ml.Data.LoadFromEnumerable([new Sparse { Vector = new(4, 2, [1, 2], [0, 1]) }]);
        var dense = _ml.Data.LoadFromEnumerable([new Sparse { Vector = new(4, [1, 2, 3, float.NaN]) }, new Sparse { Vector = new(4, [1, 2, 3, -4]) }]);

        RefusalOf(() => scalar.Transform(Load(1, double.NaN, -1)).GetColumn<double>("Double").ToArray()).Should().StartWith("Column 'Double' is -1 in row 2 (counted from 0), and Box-Cox");
        RefusalOf(() => vector.Transform(sparse).GetColumn<float[]>("Vector").ToArray()).Should().StartWith("Column 'Vector', slot 2, is 0 in row 0 (counted from 0), and Box-Cox");
        RefusalOf(() => vector.Transform(dense).GetColumn<float[]>("Vector").ToArray()).Should().StartWith("Column 'Vector', slot 3, is -4 in row 1 (counted from 0), and Box-Cox");
    }

    [TestMethod]
    public void Fit_NumbersFarFromZero_AsksForScalingFirst()
    {
        Action fit = () => _ml.Transforms.ScalePower("Double", method: PowerMethod.BoxCox).Fit(Load([.. Enumerable.Range(0, 50).Select(i => 1e12 + Math.Pow(1.3, i % 10))]));

        fit.Should().Throw<InvalidOperationException>().WithMessage("Column 'Double' is so far from zero against its spread that its powers cannot be told apart. " +
            "Scale it first, by ScaleRobust or ScaleStandard.");
    }

    [TestMethod]
    [DataRow(0.0, 1e-300)]
    [DataRow(-1e-200, 1e-250)]
    public void Fit_NumbersWhoseVarianceUnderflows_SaysSo(double one, double other)
    {
        Action fit = () => _ml.Transforms.ScalePower("Double").Fit(Load(one, other));

        fit.Should().Throw<InvalidOperationException>().WithMessage("Column 'Double' holds numbers so near to one another that the variance of their powers " +
            "is below what Double holds. Multiply them first.");
    }

    [TestMethod]
    public void Fit_NegativeNumbers_HaveTheMirroredExponent()
    {
        double[] values = [0.1, 0.5, 1, 3, 20];

        double lambda = _ml.Transforms.ScalePower("Double").Fit(Load(values)).GetParameters("Double").Lambdas.Single();
        double mirrored = _ml.Transforms.ScalePower("Double").Fit(Load([.. values.Select(value => -value)])).GetParameters("Double").Lambdas.Single();

        (2 - mirrored).Should().BeApproximately(lambda, 1e-6);
    }

    [TestMethod]
    public void Inverse_OfScaledValues_GivesThemBack()
    {
        double[] values = [-30, -2, -0.1, 0, 1e-9, 0.4, 3, 55, double.NaN];
        var transformer = _ml.Transforms.ScalePower("Double").Fit(Load(values));

        double[] back = [.. transformer.Inverse().Transform(transformer.Transform(Load(values))).GetColumn<double>("Double")];

        for (int i = 0; i < values.Length - 1; i++)
            back[i].Should().BeApproximately(values[i], 1e-12 * Math.Max(1, Math.Abs(values[i])));
        back[^1].Should().Be(double.NaN);
    }

    private static string RefusalOf(Action read) => read.Should().Throw<InvalidOperationException>().Which.GetBaseException().Message;

    private sealed class Sparse
    {
        [VectorType(4)]
        public VBuffer<float> Vector { get; set; }
    }

    private IDataView Load(params double[] values) =>
        _ml.Data.LoadFromEnumerable(values.Select(value => new ScalerRow { Double = value, Features = [0, 0, 0], Doubles = [0, 0] }).ToArray());
}
