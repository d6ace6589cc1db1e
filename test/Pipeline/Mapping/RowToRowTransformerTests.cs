using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Pipeline.Tests;

[TestClass]
public sealed class RowToRowTransformerTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Estimator_PlainComponent_Conforms() =>
        new EstimatorConformance<WeighingTransformer>(_ => new WeighingEstimator(), WeighingData.Load, "Left", "Right").CheckAll();

    [TestMethod]
    public void Transform_Row_GivesTheWeightedSum()
    {
        var view = WeighingEstimator.Transformer().Transform(WeighingData.Load(_ml));

        view.GetColumn<float>("Weighted").Take(3).Should().Equal(0.25f, 0.75f, 1.25f);
        view.GetColumn<float>("Doubled").Take(3).Should().Equal(0, 2, 4);
        view.GetColumn<string>("Text").Take(2).Should().Equal("row 0", "row 1");
    }

    [TestMethod]
    public void Transform_OneColumnAskedFor_ReadsItsDependenciesOnly()
    {
        var counted = new CountingView(WeighingData.Load(_ml));
        var view = WeighingEstimator.Transformer().Transform(counted);

        using var cursor = view.GetRowCursor([view.Schema["Doubled"]]);

        counted.Requests.Should().ContainSingle().Which.Should().Equal("Left");
        cursor.IsColumnActive(view.Schema["Weighted"]).Should().BeFalse();
        cursor.IsColumnActive(view.Schema["Right"]).Should().BeFalse();
    }

    [TestMethod]
    public void Transform_Twice_HidesTheFirstResult()
    {
        var once = WeighingEstimator.Transformer().Transform(WeighingData.Load(_ml));

        var twice = new WeighingTransformer(WeighingEstimator.Description, [1, 1], [0]).Transform(once);

        twice.Schema.Count.Should().Be(once.Schema.Count + 2);
        twice.GetColumn<float>("Weighted").Take(2).Should().Equal(0, 1.5f);
    }

    [TestMethod]
    public void GetGetter_WrongType_SaysWhichTypeTheColumnHolds()
    {
        var view = WeighingEstimator.Transformer().Transform(WeighingData.Load(_ml));
        using var cursor = view.GetRowCursor(view.Schema);

        Action ask = () => cursor.GetGetter<double>(view.Schema["Weighted"]);

        ask.Should().Throw<InvalidOperationException>().WithMessage("Column 'Weighted' holds System.Single, not System.Double.");
    }

    [TestMethod]
    public void GetGetter_ColumnOfALargerSchema_IsRefused()
    {
        var view = WeighingEstimator.Transformer().Transform(WeighingData.Load(_ml));
        var larger = WeighingEstimator.Transformer().Transform(view);
        using var cursor = view.GetRowCursor(view.Schema);

        Action ask = () => cursor.GetGetter<float>(larger.Schema[6]);

        ask.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Column 'Doubled' has index 6, and the row has 5 columns.*");
    }

    [TestMethod]
    public void GetRow_RowOfAnotherSchema_IsRefused()
    {
        var data = WeighingData.Load(_ml);
        var mapper = WeighingEstimator.Transformer().GetRowToRowMapper(data.Schema);
        using var cursor = WeighingData.Load(_ml).GetRowCursor([]);

        Action ask = () => mapper.GetRow(cursor, []);

        ask.Should().Throw<ArgumentException>().WithMessage("The row's schema is not the one that the mapper was made for.*");
    }

    [TestMethod]
    public void PredictionEngine_ManyPredictions_MakesGettersOnce()
    {
        var transformer = WeighingEstimator.Transformer();
        var engine = _ml.Model.CreatePredictionEngine<WeighingRow, WeighedRow>(transformer);

        var predictions = Enumerable.Range(0, 50).Select(i => engine.Predict(new WeighingRow { Left = i, Right = 1 }).Weighted).ToArray();

        predictions.Should().Equal(Enumerable.Range(0, 50).Select(i => 2f * i - 2.75f));
        transformer.GettersMade.Should().Be(1);
    }

    [TestMethod]
    public void Transform_ViewTreatedAsAModel_IsRefused()
    {
        var view = WeighingEstimator.Transformer().Transform(WeighingData.Load(_ml));

        Action save = () => ((ICanSaveModel)view).Save(null!);

        save.Should().Throw<NotSupportedException>().WithMessage("A view is not saved: save the WeighingTransformer that made it, with ml.Model.Save.");
    }
}
