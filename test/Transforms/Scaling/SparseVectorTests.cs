using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class SparseVectorTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_SparseRows_CountsTheZerosThatAreLeftOut()
    {
        var parameters = _ml.Transforms.ScaleStandard("Vector").Fit(Sparse()).GetParameters("Vector");
        var extremes = _ml.Transforms.ScaleMinMax("Vector").Fit(Sparse()).GetParameters("Vector");

        parameters.Means.Should().Equal(0.5, 0, 3, 1);
        parameters.Divisors[3].Should().BeApproximately(Math.Sqrt(3), 1e-15);
        extremes.Minima.Should().Equal(0, 0, 2, 0);
        extremes.Maxima.Should().Equal(2, 0, 4, 4);
    }

    [TestMethod]
    public void Transform_WithoutCentring_StaysSparse()
    {
        var rows = Read(_ml.Transforms.ScaleStandard("Vector", center: false).Fit(Sparse()).Transform(Sparse()));

        rows.Select(row => row.IsDense).Should().Equal(false, false, false, true);
        rows[0].GetIndices().ToArray().Should().Equal(0, 2);
        rows.Select(row => row.DenseValues().ToArray()).Should().BeEquivalentTo(
            Read(_ml.Transforms.ScaleStandard("Vector", center: false).Fit(Sparse()).Transform(Dense())).Select(row => row.DenseValues().ToArray()));
    }

    [TestMethod]
    public void Transform_ThatKeepsZero_StaysSparseAndTheSame()
    {
        IEstimator<ITransformer>[] estimators =
        [
            _ml.Transforms.ScaleMaxAbs("Vector"), _ml.Transforms.ScaleRobust("Vector", center: false), _ml.Transforms.ScalePower("Vector", standardize: false),
            _ml.Transforms.ScaleRobust("Vector", center: false, smoothClipLimit: 3), _ml.Transforms.ScaleQuantile("Vector"),
        ];
        foreach (var estimator in estimators)
        {
            var transformer = estimator.Fit(Sparse());

            var rows = Read(transformer.Transform(Sparse()));

            rows.Select(row => row.IsDense).Should().Equal(false, false, false, true);
            rows.Select(row => row.DenseValues().ToArray()).Should().BeEquivalentTo(Read(estimator.Fit(Dense()).Transform(Dense())).Select(row => row.DenseValues().ToArray()));
        }
    }

    [TestMethod]
    public void Transform_ThatMovesZero_IsDenseAndTheSame()
    {
        IEstimator<ITransformer>[] estimators =
        [
            _ml.Transforms.ScaleStandard("Vector"), _ml.Transforms.ScaleMinMax("Vector", minimum: -1), _ml.Transforms.ScaleRobust("Vector", smoothClipLimit: 2),
            _ml.Transforms.ScaleQuantile("Vector", distribution: QuantileDistribution.Normal), _ml.Transforms.ScalePower("Vector"),
            _ml.Transforms.WhitenPrincipalComponents("Vector"),
        ];
        foreach (var estimator in estimators)
        {
            var transformer = estimator.Fit(Sparse());

            var rows = Read(transformer.Transform(Sparse()));

            rows.Should().OnlyContain(row => row.IsDense);
            rows.Select(row => row.GetValues().ToArray()).Should().BeEquivalentTo(Read(transformer.Transform(Dense())).Select(row => row.GetValues().ToArray()));
        }
    }

    [TestMethod]
    public void Transform_RangeOfOneSlotAwayFromZero_IsDense()
    {
        var rows = Read(_ml.Transforms.ScaleMinMax("Vector").Fit(Sparse()).Transform(Sparse()));

        rows.Should().OnlyContain(row => row.IsDense, "slot 2 has minimum 2, so that zero maps to -1");
        rows[1].GetValues().ToArray().Should().Equal(0, 0, 0, 1);
    }

    [TestMethod]
    public void Fit_VectorOfAnotherSizeThanPromised_IsRefused()
    {
        var data = new ShortVectorView(Dense());

        Action fit = () => _ml.Transforms.ScaleStandard("Vector").Fit(data);

        fit.Should().Throw<InvalidOperationException>().WithMessage("Row 0 (counted from 0) of column 'Vector' has 3 slots, and its type promises 4.");
    }

    private static VBuffer<float>[] Vectors =>
    [
        new(4, 2, [2, 3], [0, 2]),
        new(4, 2, [2, 4], [2, 3]),
        new(4, 1, [4], [2]),
        new(4, [0, 0, 3, 0]),
    ];

    private IDataView Sparse() => _ml.Data.LoadFromEnumerable(Vectors.Select(vector => new Row { Vector = vector }).ToArray());

    private IDataView Dense() => _ml.Data.LoadFromEnumerable(Vectors.Select(vector => new Row { Vector = new(4, [.. vector.DenseValues()]) }).ToArray());

    // Copied row by row, because the vectors that come out of a column share their memory.
    private static VBuffer<float>[] Read(IDataView data) => [.. data.GetColumn<VBuffer<float>>("Vector").Select(row =>
    {
        VBuffer<float> copy = default;
        row.CopyTo(ref copy);
        return copy;
    })];

    private sealed class Row
    {
        [VectorType(4)]
        public VBuffer<float> Vector { get; set; }
    }
}
