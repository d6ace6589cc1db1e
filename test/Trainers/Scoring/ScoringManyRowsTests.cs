using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>Rows that are scored many at once, as cursors over many rows do: the bits of each alone, and the failures of each at its place.</summary>
[TestClass]
public sealed class ScoringManyRowsTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Kinds =>
        from task in Enum.GetValues<LearningTask>()
        from change in new (string Name, Func<DeepMlpOptions, DeepMlpOptions> Change)[]
        {
            ("plain", options => options),
            ("normalized", options => options with { Normalization = Normalization.Batch, DropoutRate = 0.1f }),
            ("ensemble", options => options with { Ensemble = new EnsembleOptions { Members = 3 }, ScoreStandardDeviation = new StandardDeviationOptions() }),
            ("packed members", options => options with { BatchEnsemble = new BatchEnsembleOptions { Members = 4 } }),
        }
        select new object[] { task, change.Name, change.Change };

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Transform_ManyRows_GivesTheBitsOfEachAlone(LearningTask task, string kind, Func<DeepMlpOptions, DeepMlpOptions> change)
    {
        kind.Should().NotBeEmpty();
        var rows = Examples.Rows(500, seed: 2);
        var fitted = Trainer.Fit(task, change);
        var scored = fitted.Transformer.Transform(Examples.Load(_ml, rows));

        float[][] scores = ScoresOf(scored, "Score");

        scores.Should().HaveCount(500);
        for (int row = 0; row < rows.Length; row++)
        {
            float[] alone = new float[fitted.Model.ScoreCount];
            fitted.Model.Score(rows[row].Features, alone);
            scores[row].Should().Equal(alone, "row {0} alone has these", row);
        }
        if (!fitted.Model.HasStandardDeviation)
            return;

        float[] deviations = new float[fitted.Model.ScoreCount];
        fitted.Model.ScoreStandardDeviation(rows[321].Features, deviations);
        ScoresOf(scored, "ScoreStandardDeviation")[321].Should().Equal(deviations);
    }

    [TestMethod]
    public void Transform_UnusableRowAmidMany_FailsAtItsRowAlone()
    {
        var rows = Examples.Rows(300, seed: 2);
        rows[200].Features[1] = float.NaN;
        var fitted = Trainer.Fit(LearningTask.Regression);
        var scored = fitted.Transformer.Transform(Examples.Load(_ml, rows));
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        var getter = cursor.GetGetter<float>(scored.Schema["Score"]);

        float[] alone = new float[1];
        float value = 0;
        while (cursor.MoveNext())
        {
            if (cursor.Position == 200)
            {
                Action ask = () => getter(ref value);
                ask.Should().Throw<InvalidOperationException>().WithMessage("Row 200 (counted from 0) of feature column 'Features' has NaN in slot 1: expected finite numbers. *");
                continue;
            }
            getter(ref value);
            fitted.Model.Score(rows[cursor.Position].Features, alone);
            value.Should().Be(alone[0]);
        }
    }

    [TestMethod]
    public void Transform_ScoreThatOverflowsAmidMany_FailsAtItsRowAlone()
    {
        var rows = Examples.Rows(300, seed: 2);
        rows[200].Features = [3e38f, -3e38f, 3e38f];
        var scored = Trainer.Fit(LearningTask.Multiclass).Transformer.Transform(Examples.Load(_ml, rows));

        float[][] before = ScoresOf(_ml.Data.TakeRows(scored, 200), "Score");
        Action all = () => ScoresOf(scored, "Score");

        before.Should().HaveCount(200).And.OnlyContain(scores => scores.All(float.IsFinite));
        all.Should().Throw<InvalidOperationException>().WithMessage("Row 200 (counted from 0) gives scores that are not finite*");
    }

    private static float[][] ScoresOf(IDataView view, string column) => view.Schema[column].Type is VectorDataViewType
        ? [.. view.GetColumn<float[]>(column)]
        : [.. view.GetColumn<float>(column).Select(score => new[] { score })];
}
