using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.Rows;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.Training;

[TestClass]
public sealed class OutOfFoldTests
{
    private static readonly EnsembleOptions s_three = new() { Members = 3 };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Tasks => Enum.GetValues<LearningTask>().Select(task => new object[] { task });

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void OutOfFold_EachRow_IsScoredByTheMemberThatWasNotTrainedOnIt(LearningTask task)
    {
        var rows = Examples.Rows();
        var fitted = Fit(task, InputScaled, rows);

        var predictions = fitted.OutOfFold!;

        predictions.Select(prediction => prediction.Row).Should().Equal(Enumerable.Range(0, 60).Select(row => (long)row));
        foreach (var (row, member, scores) in predictions)
        {
            float[] expected = OwnScores(fitted, member!.Value, rows[row].Features);
            scores.ToArray().Should().Equal(expected);
        }
        predictions.GroupBy(prediction => prediction.Member).Select(group => group.Count()).Should().Equal(fitted.History.Members.Select(member => member.ValidationRows));
    }

    [TestMethod]
    public void OutOfFold_Members_AreThoseWhoseFoldTheRowIsIn()
    {
        var folds = RowFolds.Of([.. Enumerable.Range(0, 60)], 3, null, new RandomStream(Trainer.Quick.Seed!.Value, "folds"));

        var predictions = Fit(LearningTask.Regression).OutOfFold!;

        predictions.Select(prediction => prediction.Member).Should().Equal(Enumerable.Range(0, 60).Select(row => (int?)Array.FindIndex(folds, fold => fold.Validation.Contains(row))));
    }

    [TestMethod]
    public void OutOfFold_RowWithoutWeight_HasTheMeanOfAllMembers()
    {
        var rows = Examples.Rows();
        rows[7].Weight = 0;
        var fitted = Fit(LearningTask.Regression, options => options with { ExampleWeightColumnName = "Weight" }, rows);

        var prediction = fitted.OutOfFold![7];

        prediction.Member.Should().BeNull();
        prediction.Row.Should().Be(7);
        float[] score = new float[1];
        fitted.Model.Score(rows[7].Features, score);
        prediction.Scores.ToArray().Should().Equal(score);
        fitted.OutOfFold.Should().OnlyContain(other => other.Row == 7 || other.Member != null);
    }

    [TestMethod]
    public void OutOfFold_RowsWithoutLabel_AreCountedAndLeftOut()
    {
        var rows = Examples.Rows();
        foreach (int row in (int[])[0, 13, 14, 59])
            rows[row].Value = float.NaN;

        var fitted = Fit(LearningTask.Regression, options => options with { MissingLabels = MissingLabels.Skip }, rows);

        var predictions = fitted.OutOfFold!;
        predictions.TrainingRows.Should().Be(60);
        predictions.Should().HaveCount(56);
        predictions.Select(prediction => prediction.Row).Should().Equal(Enumerable.Range(0, 60).Except([0, 13, 14, 59]).Select(row => (long)row));
        var prediction = predictions[12];
        prediction.Row.Should().Be(13 + 2);
        prediction.Scores.ToArray().Should().Equal(OwnScores(fitted, prediction.Member!.Value, rows[15].Features));
        string[] notes = [.. fitted.TransformOutOfFold(Examples.Load(_ml, rows)).GetColumn<string>("Note")];
        notes.Should().Equal(predictions.Select(other => $"row {other.Row}"));
    }

    [TestMethod]
    public void OutOfFold_MembersLeftOutByTheTimeLimit_LeaveTheirRowsOut()
    {
        var fitted = Fit(LearningTask.Binary, options => options with { Ensemble = s_three with { TimeLimit = TimeSpan.FromTicks(1) } });

        fitted.OutOfFold.Should().HaveCount(fitted.History.ValidationRows).And.OnlyContain(prediction => prediction.Member == 0);
        fitted.TransformOutOfFold(Examples.Load(_ml)).GetColumn<float>("Score").Should().HaveCount(fitted.History.ValidationRows);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void OutOfFold_AsThreads_DependOnNothingButTheSeed(LearningTask task)
    {
        float[] Scores(int threads) => [.. Fit(task, options => options with { Engine = new ManagedEngine { Threads = threads } }).OutOfFold!.SelectMany(prediction => prediction.Scores.ToArray())];

        Scores(0).Should().Equal(Scores(1));
    }

    [TestMethod]
    public void TransformOutOfFold_Regression_IsMeasuredAsNewRowsAre()
    {
        var rows = Examples.Rows(300);
        var data = Examples.Load(_ml, rows);
        var fitted = Fit(LearningTask.Regression, options => options with { NumberOfEpochs = 30 }, rows);

        var metrics = _ml.Regression.Evaluate(fitted.TransformOutOfFold(data), "Value");

        double expected = Math.Sqrt(fitted.OutOfFold!.Average(prediction => Math.Pow(prediction.Scores.Span[0] - rows[prediction.Row].Value, 2)));
        metrics.RootMeanSquaredError.Should().BeApproximately(expected, 1e-5);
        double ofFolds = Math.Sqrt(fitted.History.Members.Average(member => Math.Pow(member.Epochs[member.BestEpoch - 1].ValidationMetric!.Value, 2)));
        metrics.RootMeanSquaredError.Should().BeApproximately(ofFolds, 1e-4, "the folds are of a hundred rows each");
    }

    [TestMethod]
    public void TransformOutOfFold_Classes_AreMeasuredAsNewRowsAre()
    {
        var data = Examples.Load(_ml);
        var multiclass = Fit(LearningTask.Multiclass);
        var binary = Fit(LearningTask.Binary);

        _ml.MulticlassClassification.Evaluate(multiclass.TransformOutOfFold(data), "Class").MicroAccuracy.Should().BeApproximately(AccuracyOf(multiclass), 1e-6);
        _ml.BinaryClassification.Evaluate(binary.TransformOutOfFold(data), "Truth").Accuracy.Should().BeApproximately(AccuracyOf(binary), 1e-6);

        static double AccuracyOf(Fitted fitted) => fitted.History.Members.Sum(member => member.Epochs[member.BestEpoch - 1].ValidationMetric!.Value * member.ValidationRows) / 60;
    }

    [TestMethod]
    public void TransformOutOfFold_View_HasTheModelsColumnsAndOneOrder()
    {
        var data = Examples.Load(_ml);
        var fitted = Fit(LearningTask.Multiclass);
        var view = fitted.TransformOutOfFold(data);

        SchemaTexts.Of(view.Schema).Should().Equal(SchemaTexts.Of(fitted.Transformer.GetOutputSchema(data.Schema)));
        view.GetRowCount().Should().Be(60);
        view.CanShuffle.Should().BeFalse();
        string[] once = RowTexts.Of(view);
        RowTexts.Of(_ml.Data.ShuffleRows(view)).Should().BeEquivalentTo(once);
        RowTexts.Of(_ml.Data.Cache(view)).Should().Equal(once);
        RowTexts.Of(view).Should().Equal(once).And.NotEqual(RowTexts.Of(fitted.Transformer.Transform(data)));
        var cursors = view.GetRowCursorSet(view.Schema, 4);
        cursors.Should().ContainSingle();
        cursors[0].Dispose();
    }

    [TestMethod]
    public void TransformOutOfFold_Scores_TrainAnotherModel()
    {
        var data = Examples.Load(_ml);
        var stacked = Fit(LearningTask.Regression).TransformOutOfFold(data);

        var second = _ml.Transforms.Concatenate("Features", "Features", "Score").Append(_ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression))).Fit(stacked);

        second.LastTransformer.Model.FeatureCount.Should().Be(4);
    }

    [TestMethod]
    public void TransformOutOfFold_OtherRows_AreRefused()
    {
        var fitted = Fit(LearningTask.Regression);

        var known = () => fitted.TransformOutOfFold(Examples.Load(_ml, 59));
        var more = () => fitted.TransformOutOfFold(new OddView(Examples.Load(_ml, 61), rowCount: null)).GetColumn<float>("Score").Last();
        var fewer = () => fitted.TransformOutOfFold(new OddView(Examples.Load(_ml, 40), rowCount: null)).GetColumn<float>("Score").Last();

        known.Should().Throw<InvalidOperationException>().WithMessage("Out-of-fold predictions are of the 60 rows that the model was trained on, in their order, and the data has 59: *");
        more.Should().Throw<InvalidOperationException>().WithMessage("*and the data has more: *");
        fewer.Should().Throw<InvalidOperationException>().WithMessage("*and the data has 40: *");
    }

    [TestMethod]
    public void OutOfFold_WithoutFolds_IsNull()
    {
        var data = Examples.Load(_ml);
        var folds = Fit(LearningTask.Regression);
        Fitted[] others =
        [
            Trainer.Fit(LearningTask.Regression),
            Fit(LearningTask.Regression, options => options with { Ensemble = s_three with { Folds = false } }),
            Fit(LearningTask.Regression, options => options with { EarlyStopping = null }),
            Trainer.Fit(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression) with { Ensemble = s_three }, data, data),
            Fitted.Of((DeepMlpTransformer<DeepMlpRegressionModelParameters>)SavedModels.ThroughStream(folds.Transformer, data.Schema)),
        ];

        foreach (var other in others)
        {
            other.OutOfFold.Should().BeNull();
            other.Invoking(fitted => fitted.TransformOutOfFold(data)).Should().Throw<InvalidOperationException>().WithMessage("The model has no out-of-fold predictions: *");
        }
    }

    private static DeepMlpOptions InputScaled(DeepMlpOptions options) => options with { InputScaling = InputScaling.Robust };

    private static Fitted Fit(LearningTask task, Func<DeepMlpOptions, DeepMlpOptions>? change = null, Example[]? rows = null) =>
        Trainer.Fit(task, options => (change ?? (same => same))(options with { Ensemble = s_three }), rows);

    private static float[] OwnScores(Fitted fitted, int member, float[] features)
    {
        var layer = (EnsembleLayer)fitted.Model.Network.Layers[0];
        float[] scores = new float[fitted.Model.ScoreCount];
        new NetworkScorer(layer.Members[member], layer.WeightsOf(fitted.Model.CopyWeights(), member)).Score(features, scores);
        fitted.Model.FinishScores(scores);
        return scores;
    }
}
