using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

/// <summary>Scored rows cost no garbage: what a pass allocates does not grow with them.</summary>
[TestClass]
public sealed class ScoringAllocationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Score_MoreRows_AllocatesNoMore()
    {
        var options = new DeepMlpOptions { LabelColumnName = "Class", NumberOfEpochs = 1, EarlyStopping = null };
        var model = _ml.MulticlassClassification.Trainers.DeepMlp(options).Fit(Examples.Load(_ml));

        // One row many times: the rows themselves must not be garbage.
        var row = Examples.Rows(1)[0];
        var (few, many) = (Load(500), Load(9000));

        Allocations.LeastOf(() => Read(model.Transform(many))).Should().BeCloseTo(Allocations.LeastOf(() => Read(model.Transform(few))), 4096);

        IDataView Load(int rows) => _ml.Data.LoadFromEnumerable(Enumerable.Repeat(row, rows));
    }

    private static void Read(IDataView view)
    {
        using var cursor = view.GetRowCursor([view.Schema["Score"], view.Schema["PredictedLabel"]]);
        var getScore = cursor.GetGetter<VBuffer<float>>(view.Schema["Score"]);
        var getLabel = cursor.GetGetter<uint>(view.Schema["PredictedLabel"]);
        VBuffer<float> scores = default;
        uint label = 0;
        while (cursor.MoveNext())
        {
            getScore(ref scores);
            getLabel(ref label);
        }
    }
}
