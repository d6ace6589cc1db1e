using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class InverseScalingTests
{
    private static readonly InputOutputColumnPair[] s_columns = [new("Single"), new("ScaledDouble", "Double"), new("Features")];

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Inverse_NoColumnsNamed_MapsAllBackInPlace()
    {
        var data = ScalerData.Load(_ml);

        foreach (var transformer in Transformers(data))
        {
            var inverse = transformer.Inverse();
            var back = inverse.Transform(transformer.Transform(data));

            inverse.Columns.Select(pair => (pair.OutputColumnName, pair.InputColumnName))
                .Should().Equal(("Single", "Single"), ("ScaledDouble", "ScaledDouble"), ("Features", "Features"));
            ShouldBe(back.GetColumn<double>("ScaledDouble"), ScalerData.Rows.Select(row => row.Double), 1e-12);
            ShouldBe(back.GetColumn<float[]>("Features").SelectMany(row => row).Select(value => (double)value),
                ScalerData.Rows.SelectMany(row => row.Features).Select(value => (double)value), 1e-5);
        }
    }

    [TestMethod]
    public void Inverse_ToNewColumns_LeavesTheScaledOnesAlone()
    {
        var data = ScalerData.Load(_ml);
        var transformer = _ml.Transforms.ScaleStandard(s_columns).Fit(data);
        var scaled = transformer.Transform(data);

        var back = transformer.Inverse(new InputOutputColumnPair("Original", "ScaledDouble")).Transform(scaled);

        back.GetColumn<double>("ScaledDouble").Should().Equal(scaled.GetColumn<double>("ScaledDouble"));
        ShouldBe(back.GetColumn<double>("Original"), ScalerData.Rows.Select(row => row.Double), 1e-12);
    }

    [TestMethod]
    public void Inverse_OfAnotherColumn_UsesTheScaleOfTheNamedOne()
    {
        var data = ScalerData.Load(_ml);
        var transformer = _ml.Transforms.ScaleMinMax("Target", "Double").Fit(data);
        var scored = _ml.Transforms.CopyColumns("Score", "Target").Fit(transformer.Transform(data)).Transform(transformer.Transform(data));

        var back = transformer.Inverse("Predicted", "Score", "Target").Transform(scored);

        ShouldBe(back.GetColumn<double>("Predicted"), ScalerData.Rows.Select(row => row.Double), 1e-12);
    }

    [TestMethod]
    public void Inverse_OfClippedValues_GivesTheBounds()
    {
        var data = ScalerData.Load(_ml);
        var unseen = _ml.Data.LoadFromEnumerable([new ScalerRow { Single = 100, Features = [0, 0, 0], Doubles = [0, 0] }]);
        var transformer = _ml.Transforms.ScaleMinMax("Single", clip: true).Fit(data);

        transformer.Inverse().Transform(transformer.Transform(unseen)).GetColumn<float>("Single").Should().Equal(9);
    }

    [TestMethod]
    public void Inverse_OfItself_ScalesAgainWithoutClipping()
    {
        var data = ScalerData.Load(_ml);
        var transformer = _ml.Transforms.ScaleMinMax("Single", clip: true).Fit(data);
        var unseen = _ml.Data.LoadFromEnumerable([new ScalerRow { Single = 17, Features = [0, 0, 0], Doubles = [0, 0] }]);

        transformer.Inverse().Inverse().Transform(unseen).GetColumn<float>("Single").Should().Equal(2);
    }

    [TestMethod]
    public void Inverse_UnknownOrDoubledColumns_AreRefused()
    {
        var transformer = _ml.Transforms.ScaleStandard(s_columns).Fit(ScalerData.Load(_ml));

        Action unknown = () => transformer.Inverse(new InputOutputColumnPair("Original", "Double"));
        Action doubled = () => transformer.Inverse(new("a", "Single"), new("a", "Features"));
        Action empty = () => transformer.Inverse([]);
        Action unknownScale = () => transformer.Inverse("Predicted", "Score", "Score");

        unknown.Should().Throw<ArgumentException>().WithMessage("'Double' is none of the scaled columns: 'Single', 'ScaledDouble', 'Features'.*");
        doubled.Should().Throw<ArgumentException>().WithMessage("Inverse has invalid options: output column 'a' is named 2 times.");
        empty.Should().Throw<ArgumentException>().WithMessage("Inverse has invalid options: at least one column is needed.");
        unknownScale.Should().Throw<ArgumentException>().WithMessage("'Score' is none of the scaled columns*");
    }

    [TestMethod]
    public void Inverse_SavedAndLoaded_GivesTheSameRows()
    {
        var data = ScalerData.Load(_ml);

        foreach (var transformer in Transformers(data))
        {
            var scaled = transformer.Transform(data);
            var inverse = transformer.Inverse();

            var loaded = SavedModels.ThroughFile(inverse, scaled.Schema);

            loaded.Should().BeOfType<InverseScalingTransformer>();
            RowTexts.Of(loaded.Transform(scaled)).Should().Equal(RowTexts.Of(inverse.Transform(scaled)));
        }
    }

    private ScalingTransformer[] Transformers(IDataView data) =>
        [_ml.Transforms.ScaleStandard(s_columns).Fit(data), _ml.Transforms.ScaleMinMax(s_columns, minimum: -3, maximum: 8).Fit(data)];

    private static void ShouldBe(IEnumerable<double> actual, IEnumerable<double> expected, double tolerance)
    {
        foreach (var (one, other) in actual.Zip(expected))
        {
            if (double.IsNaN(other))
                one.Should().Be(double.NaN);
            else
                one.Should().BeApproximately(other, tolerance);
        }
    }
}
