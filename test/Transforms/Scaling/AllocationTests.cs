using Microsoft.ML;
using Microsoft.ML.Data;

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

        foreach (var transformer in new ITransformer[] { standard, minMax, minMax.Inverse() })
            AllocatedBy(() => Read(transformer.Transform(many))).Should().BeCloseTo(AllocatedBy(() => Read(transformer.Transform(few))), 4096);
    }

    [TestMethod]
    public void Fit_MoreRows_AllocatesNoMore()
    {
        var (few, many) = (Load(1000), Load(9000));

        foreach (var estimator in new IEstimator<ITransformer>[] { _ml.Transforms.ScaleStandard("Features"), _ml.Transforms.ScaleMinMax("Features") })
            AllocatedBy(() => estimator.Fit(many)).Should().BeCloseTo(AllocatedBy(() => estimator.Fit(few)), 4096);
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

    private static long AllocatedBy(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
