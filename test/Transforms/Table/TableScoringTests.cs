using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Transforms.Tests;

/// <summary>Encoders at work: rows one by one, without garbage, fold by fold.</summary>
[TestClass]
public sealed class TableScoringTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Predict_RowsOneByOne_GivesWhatTransformGives()
    {
        var data = TableData.Load(_ml);
        var encoder = _ml.Transforms.EncodeTable("Features", TableData.Names).Fit(data);
        using var engine = _ml.Model.CreatePredictionEngine<TableRow, Encoded>(encoder);

        TableData.Rows.Select(row => engine.Predict(row).Features).Should().BeEquivalentTo(TableData.Encode(encoder, data), options => options.WithStrictOrdering());
    }

    [TestMethod]
    public void Transform_MoreRows_AllocatesNoMore()
    {
        var (few, many) = (Load(20), Load(200));

        foreach (string name in TableData.Names)
        {
            foreach (var options in new TableEncodingOptions[] { new(), new() { CategoryEncoding = CategoryEncoding.OneHot, Categories = name is "Class" or "Sizes" or "Doubles" ? [] : [name] } })
            {
                var encoder = _ml.Transforms.EncodeTable("Features", options, name).Fit(few);
                Read(encoder.Transform(many)).Should().BeCloseTo(Read(encoder.Transform(few)), 4096, "rows of column '{0}' cost nothing", name);
            }
        }
    }

    [TestMethod]
    public void CrossValidate_EveryFold_IsEncodedByItsTrainingRowsAlone()
    {
        var data = TableData.Load(_ml);
        var pipeline = _ml.Transforms.EncodeTable("Features", "Height", "Color").Append(_ml.Transforms.CopyColumns("Score", "Height"));

        foreach (var fold in _ml.Data.CrossValidationSplit(data, 4))
        {
            var columns = pipeline.Fit(fold.TrainSet).OfType<TableEncodingTransformer>().Single().Columns;
            float[] heights = [.. fold.TrainSet.GetColumn<float>("Height").Where(height => !float.IsNaN(height)).Order()];
            string[] colors = [.. fold.TrainSet.GetColumn<string>("Color")];

            columns["Height"].Median.Should().Be((heights[(heights.Length - 1) / 2] + heights[heights.Length / 2]) / 2);
            columns["Color"].Categories.Single(category => category.Value == "red").Count.Should().Be(colors.Count(color => color == "red"));
        }
    }

    [TestMethod]
    public void Fit_CountedRows_ReadsThemOnce()
    {
        var counted = new CountingView(TableData.Load(_ml));

        _ml.Transforms.EncodeTable("Features", TableData.Names).Fit(counted);

        counted.Requests.Should().ContainSingle().Which.Should().BeEquivalentTo(TableData.Names);
    }

    // Cached, since a source of objects allocates for each key.
    private IDataView Load(int times) => _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Enumerable.Repeat(TableData.Rows, times).SelectMany(rows => rows).ToArray()));

    private static long Read(IDataView view) => Allocations.LeastOf(() =>
    {
        var column = view.Schema["Features"];
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> values = default;
        while (cursor.MoveNext())
            getter(ref values);
    });

    private sealed class Encoded
    {
        public float[] Features { get; set; } = [];
    }
}
