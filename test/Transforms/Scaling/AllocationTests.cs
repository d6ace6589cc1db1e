using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests;

/// <summary>Rows cost no garbage: what a pass allocates does not grow with them.</summary>
[TestClass]
public sealed class AllocationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Transform_MoreRows_AllocatesNoMore(bool clip)
    {
        var (few, many) = (Load(1000), Load(9000));
        var standard = _ml.Transforms.ScaleStandard("Features").Fit(few);
        var minMax = _ml.Transforms.ScaleMinMax("Features", clip: clip).Fit(few);

        ScalingTransformer[] others =
        [
            _ml.Transforms.ScaleMaxAbs("Features").Fit(few), _ml.Transforms.ScaleRobust("Features", smoothClipLimit: 3).Fit(few),
            _ml.Transforms.ScaleQuantile("Features", distribution: QuantileDistribution.Normal).Fit(few), _ml.Transforms.ScalePower("Features").Fit(few),
            _ml.Transforms.ScalePower("Features", method: PowerMethod.BoxCox).Fit(few), _ml.Transforms.WhitenPrincipalComponents("Features").Fit(few),
        ];

        foreach (var transformer in new ITransformer[] { standard, minMax, minMax.Inverse() }.Concat(others).Concat(others.Select(other => other.Inverse())))
            Allocations.LeastOf(() => Read(transformer.Transform(many))).Should().BeCloseTo(Allocations.LeastOf(() => Read(transformer.Transform(few))), 4096);
    }

    [TestMethod]
    public void Fit_MoreRows_AllocatesNoMore()
    {
        var (few, many) = (Load(1000), Load(9000));

        IEstimator<ITransformer>[] estimators =
        [
            _ml.Transforms.ScaleStandard("Features"), _ml.Transforms.ScaleMinMax("Features"), _ml.Transforms.ScaleMaxAbs("Features"),
            _ml.Transforms.WhitenPrincipalComponents("Features"),
        ];

        foreach (var estimator in estimators)
            Allocations.LeastOf(() => estimator.Fit(many)).Should().BeCloseTo(Allocations.LeastOf(() => estimator.Fit(few)), 4096);
    }

    private IDataView Load(int rows) => _ml.Data.LoadFromEnumerable(Enumerable.Repeat(new ScalerRow { Features = [1, 2, 3] }, rows));

    private static void Read(IDataView view)
    {
        var column = view.Schema["Features"];
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> values = default;
        while (cursor.MoveNext())
            getter(ref values);
    }
}
