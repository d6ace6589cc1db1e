using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class ScalingCatalogTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void ScaleStandard_Defaults_CentreAndScaleByThePopulationInPlace()
    {
        var data = ScalerData.Load(_ml);

        var defaults = _ml.Transforms.ScaleStandard("Single").Fit(data);
        var spelledOut = _ml.Transforms.ScaleStandard("Single", "Single", center: true, scale: true, degreesOfFreedom: 0).Fit(data);

        defaults.Columns.Select(pair => (pair.OutputColumnName, pair.InputColumnName)).Should().Equal(("Single", "Single"));
        defaults.Transform(data).GetColumn<float>("Single").Should().Equal(spelledOut.Transform(data).GetColumn<float>("Single"));
        defaults.GetParameters("Single").StandardDeviations.Should().Equal(Math.Sqrt(38 / 4.0));
    }

    [TestMethod]
    public void ScaleMinMax_Defaults_ScaleToZeroAndOneWithoutClipping()
    {
        var data = ScalerData.Load(_ml);
        var unseen = _ml.Data.LoadFromEnumerable([new ScalerRow { Single = 17, Features = [0, 0, 0], Doubles = [0, 0] }]);

        var defaults = _ml.Transforms.ScaleMinMax("Single").Fit(data);

        defaults.Columns.Select(pair => (pair.OutputColumnName, pair.InputColumnName)).Should().Equal(("Single", "Single"));
        defaults.Transform(data).GetColumn<float>("Single").Should().Equal(0, 0.125f, 0.375f, 1);
        defaults.Transform(unseen).GetColumn<float>("Single").Should().Equal(2);
    }

    [TestMethod]
    public void ScaleStandard_NegativeDegreesOfFreedom_IsRefused()
    {
        Action make = () => _ml.Transforms.ScaleStandard("Single", degreesOfFreedom: -1);

        make.Should().Throw<ArgumentException>().WithMessage("Standard scaling has invalid options: degreesOfFreedom must not be negative, got -1.");
    }

    [TestMethod]
    [DataRow(1.0, 1.0, "minimum must be less than maximum, got 1 and 1")]
    [DataRow(2.5, 1.0, "minimum must be less than maximum, got 2.5 and 1")]
    [DataRow(double.NaN, 1.0, "minimum must be finite, got NaN")]
    [DataRow(0.0, double.PositiveInfinity, "maximum must be finite, got Infinity")]
    [DataRow(-1e308, 1e308, "maximum - minimum must be finite, got -1E+308 and 1E+308")]
    [DataRow(double.PositiveInfinity, double.NegativeInfinity,
        "minimum must be finite, got Infinity; maximum must be finite, got -Infinity; minimum must be less than maximum, got Infinity and -Infinity")]
    public void ScaleMinMax_ImpossibleRange_TellsAllThatIsWrong(double minimum, double maximum, string failures)
    {
        Action make = () => _ml.Transforms.ScaleMinMax("Single", minimum: minimum, maximum: maximum);

        make.Should().Throw<ArgumentException>().WithMessage($"Min-max scaling has invalid options: {failures}.");
    }

    [TestMethod]
    [DataRow(-0.1, 0.5, false, true, null, "lowerQuantile must be from 0 to 1, got -0.1")]
    [DataRow(0.1, double.NaN, false, true, null, "upperQuantile must be from 0 to 1, got NaN")]
    [DataRow(0.5, 0.5, false, true, null, "lowerQuantile must be less than upperQuantile, got 0.5 and 0.5")]
    [DataRow(0.0, 0.9, true, true, null, "unitVariance needs quantiles above 0 and below 1: those of the normal distribution are infinite there")]
    [DataRow(0.1, 0.9, true, false, null, "unitVariance needs scale: it changes what is divided by")]
    [DataRow(0.1, 0.9, false, true, 0.0, "smoothClipLimit must be positive and finite, got 0")]
    [DataRow(0.7, 0.2, false, true, double.PositiveInfinity, "lowerQuantile must be less than upperQuantile, got 0.7 and 0.2; smoothClipLimit must be positive and finite, got Infinity")]
    public void ScaleRobust_ImpossibleOptions_TellsAllThatIsWrong(double lower, double upper, bool unitVariance, bool scale, double? limit, string failures)
    {
        Action make = () => _ml.Transforms.ScaleRobust("Single", scale: scale, lowerQuantile: lower, upperQuantile: upper, unitVariance: unitVariance, smoothClipLimit: limit);

        make.Should().Throw<ArgumentException>().WithMessage($"Robust scaling has invalid options: {failures}.");
    }

    [TestMethod]
    public void ScaleQuantile_ImpossibleOptions_TellsAllThatIsWrong()
    {
        Action make = () => _ml.Transforms.ScaleQuantile("Single", distribution: (QuantileDistribution)7, numberOfQuantiles: 0);

        make.Should().Throw<ArgumentException>().WithMessage("Quantile scaling has invalid options: distribution 7 is unknown; numberOfQuantiles must be at least 1, got 0.");
    }

    [TestMethod]
    public void ScalePower_UnknownMethod_IsRefused()
    {
        Action make = () => _ml.Transforms.ScalePower("Single", method: (PowerMethod)2);

        make.Should().Throw<ArgumentException>().WithMessage("Power scaling has invalid options: method 2 is unknown.");
    }

    [TestMethod]
    [DataRow(0, null, 0.0, "numberOfComponents must be at least 1, got 0")]
    [DataRow(null, 0.0, 0.0, "shareOfVariance must be above 0 and at most 1, got 0")]
    [DataRow(null, double.NaN, -1.0, "shareOfVariance must be above 0 and at most 1, got NaN; epsilon must be finite and not negative, got -1")]
    [DataRow(2, 0.5, double.PositiveInfinity, "numberOfComponents and shareOfVariance exclude one another; epsilon must be finite and not negative, got Infinity")]
    public void WhitenPrincipalComponents_ImpossibleOptions_TellsAllThatIsWrong(int? components, double? share, double epsilon, string failures)
    {
        Action make = () => _ml.Transforms.WhitenPrincipalComponents("Features", numberOfComponents: components, shareOfVariance: share, epsilon: epsilon);

        make.Should().Throw<ArgumentException>().WithMessage($"Whitening has invalid options: {failures}.");
    }

    [TestMethod]
    public void OtherScalers_Defaults_AreThoseSpelledOut()
    {
        var data = ScalerData.Load(_ml);
        (ITransformer Defaults, ITransformer SpelledOut)[] pairs =
        [
            (_ml.Transforms.ScaleMaxAbs("Features").Fit(data), _ml.Transforms.ScaleMaxAbs([new("Features")]).Fit(data)),
            (_ml.Transforms.ScaleRobust("Features").Fit(data), _ml.Transforms.ScaleRobust("Features", "Features", true, true, 0.25, 0.75, false, null).Fit(data)),
            (_ml.Transforms.ScaleQuantile("Features").Fit(data), _ml.Transforms.ScaleQuantile("Features", "Features", QuantileDistribution.Uniform, 1000).Fit(data)),
            (_ml.Transforms.ScalePower("Features").Fit(data), _ml.Transforms.ScalePower("Features", "Features", PowerMethod.YeoJohnson, true).Fit(data)),
            (_ml.Transforms.WhitenPrincipalComponents("Features").Fit(data),
                _ml.Transforms.WhitenPrincipalComponents("Features", "Features", WhiteningMethod.PrincipalComponents, 3, null, 0).Fit(data)),
        ];

        foreach (var (defaults, spelledOut) in pairs)
            defaults.Transform(data).GetColumn<float[]>("Features").SelectMany(row => row).Should().Equal(spelledOut.Transform(data).GetColumn<float[]>("Features").SelectMany(row => row));
    }

    [TestMethod]
    public void Scale_ImpossibleColumns_TellsAllThatIsWrong()
    {
        Action none = () => _ml.Transforms.ScaleStandard([]);
        Action many = () => _ml.Transforms.ScaleMinMax([new("a"), new("a", "b"), null!, new("c", "")], minimum: 3);
        Action missing = () => _ml.Transforms.ScaleStandard((InputOutputColumnPair[])null!);
        Action noCatalog = () => ScalingCatalog.ScaleStandard(null!, "a");

        none.Should().Throw<ArgumentException>().WithMessage("Standard scaling has invalid options: at least one column is needed.");
        many.Should().Throw<ArgumentException>().WithMessage("Min-max scaling has invalid options: a column pair is null; " +
            "the name of an input column is empty; output column 'a' is named 2 times; minimum must be less than maximum, got 3 and 1.");
        missing.Should().Throw<ArgumentNullException>();
        noCatalog.Should().Throw<ArgumentNullException>();
    }

    [TestMethod]
    public void Scale_PairsChangedAfterwards_ChangesNothing()
    {
        InputOutputColumnPair[] pairs = [new("Single")];
        var estimator = _ml.Transforms.ScaleStandard(pairs);

        pairs[0] = new("Double");

        estimator.Fit(ScalerData.Load(_ml)).Columns.Single().OutputColumnName.Should().Be("Single");
    }
}
