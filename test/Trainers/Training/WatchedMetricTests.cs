using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Training;

/// <summary>The metric that early stopping watches, in trainings of every task; against ML.NET's evaluators on the rows that were validated on.</summary>
[TestClass]
public sealed class WatchedMetricTests
{
    private static readonly DeepMlpOptions s_options = Trainer.Quick with { NumberOfEpochs = 30, Optimizer = new AdamOptions { LearningRate = 0.01f } };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("AUC")]
    [DataRow("AUPRC")]
    [DataRow("F1")]
    [DataRow("accuracy")]
    [DataRow("log-loss")]
    public void Fit_BinaryMetric_IsMLNetsOfTheModel(string name)
    {
        var (model, history) = Of(_ml.BinaryClassification.Trainers.DeepMlp(Watching(name) with { LabelColumnName = "Truth" }).Fit(TrainingRows(), ValidationRows()));

        var metrics = _ml.BinaryClassification.Evaluate(model.Transform(ValidationRows()), "Truth");

        ShouldTell(history, name, name switch
        {
            "AUC" => metrics.AreaUnderRocCurve,
            "AUPRC" => metrics.AreaUnderPrecisionRecallCurve,
            "F1" => metrics.F1Score,
            "accuracy" => metrics.Accuracy,
            _ => metrics.LogLoss,
        });
    }

    [TestMethod]
    [DataRow("accuracy")]
    [DataRow("macro accuracy")]
    [DataRow("log-loss")]
    public void Fit_MulticlassMetric_IsMLNetsOfTheModel(string name)
    {
        var (model, history) = Of(_ml.MulticlassClassification.Trainers.DeepMlp(Watching(name) with { LabelColumnName = "Class" }).Fit(TrainingRows(), ValidationRows()));

        var metrics = _ml.MulticlassClassification.Evaluate(model.Transform(ValidationRows()), "Class");

        ShouldTell(history, name, name switch
        {
            "accuracy" => metrics.MicroAccuracy,
            "macro accuracy" => metrics.MacroAccuracy,
            _ => metrics.LogLoss,
        });
    }

    [TestMethod]
    [DataRow("RMSE")]
    [DataRow("MAE")]
    [DataRow("R2")]
    public void Fit_RegressionMetric_IsMLNetsOfTheModel(string name)
    {
        var (model, history) = Of(_ml.Regression.Trainers.DeepMlp(Watching(name) with { LabelColumnName = "Value" }).Fit(TrainingRows(), ValidationRows()));

        var metrics = _ml.Regression.Evaluate(model.Transform(ValidationRows()), "Value");

        ShouldTell(history, name, name switch
        {
            "RMSE" => metrics.RootMeanSquaredError,
            "MAE" => metrics.MeanAbsoluteError,
            _ => metrics.RSquared,
        });
    }

    [TestMethod]
    [DataRow("RMSE")]
    [DataRow("MAE")]
    [DataRow("R2")]
    public void Fit_MetricOfSeveralOutputsWithMissingLabels_IsThatOfTheCatalog(string name)
    {
        var options = Watching(name) with { MissingLabels = MissingLabels.Mask };
        var (training, validation) = (Outputs(1, 120), Outputs(2, 60));
        var (model, history) = Of(_ml.Regression.Trainers.DeepMlp(options).Fit(training, validation));

        var metrics = _ml.Regression.EvaluateOutputs(model.Transform(validation));

        ShouldTell(history, name, name switch
        {
            "RMSE" => metrics.RootMeanSquaredError,
            "MAE" => metrics.MeanAbsoluteError,
            _ => metrics.RSquared,
        });
    }

    [TestMethod]
    [DataRow("label accuracy")]
    [DataRow("subset accuracy")]
    [DataRow("micro F1")]
    [DataRow("macro F1")]
    [DataRow("AUC")]
    public void Fit_MultilabelMetricWithMissingLabels_IsThatOfTheCatalog(string name)
    {
        var options = Watching(name) with { MissingLabels = MissingLabels.Mask };
        var (training, validation) = (Labelled(1, 120), Labelled(2, 60));
        var (model, history) = Of(_ml.MultilabelClassification.Trainers.DeepMlp(options).Fit(training, validation));

        var metrics = _ml.MultilabelClassification.Evaluate(model.Transform(validation));

        ShouldTell(history, name, name switch
        {
            "label accuracy" => 1 - metrics.HammingLoss,
            "subset accuracy" => metrics.SubsetAccuracy,
            "micro F1" => metrics.MicroF1,
            "macro F1" => metrics.MacroF1,
            _ => metrics.MacroAreaUnderRocCurve,
        });
    }

    [TestMethod]
    public void Evaluate_TiedScores_IsMLNetsArea()
    {
        var random = new Random(3);
        Scored[] rows = [.. Enumerable.Range(0, 500).Select(_ => random.Next(5)).Select(score => new Scored { Score = score - 2, Label = random.Next(8) < score + 1 })];

        double area = ValidationMetric.AreaUnderRocCurve.Measure([.. rows.Select(row => row.Score)], [.. rows.Select(row => row.Label ? 1f : 0)]);

        area.Should().BeApproximately(_ml.BinaryClassification.EvaluateNonCalibrated(_ml.Data.LoadFromEnumerable(rows)).AreaUnderRocCurve, 1e-12).And.NotBe(0.5);
    }

    [TestMethod]
    public void Evaluate_TiedScores_GiveAnAreaOfPrecisionBetweenThoseOfTheirOrders()
    {
        var random = new Random(3);
        Scored[] rows = [.. Enumerable.Range(0, 500).Select(_ => random.Next(5)).Select(score => new Scored { Score = score - 2, Label = random.Next(8) < score + 1 })];

        double area = ValidationMetric.AreaUnderPrecisionRecallCurve.Measure([.. rows.Select(row => row.Score)], [.. rows.Select(row => row.Label ? 1f : 0)]);

        area.Should().BeGreaterThan(MLNets(rows.OrderBy(row => row.Label))).And.BeLessThan(MLNets(rows.OrderByDescending(row => row.Label)));
        area.Should().BeApproximately(Enumerable.Range(0, 20).Average(seed => MLNets(rows.OrderBy(_ => random.Next()))), 0.01);

        double MLNets(IEnumerable<Scored> ordered) => _ml.BinaryClassification.EvaluateNonCalibrated(_ml.Data.LoadFromEnumerable(ordered.ToArray())).AreaUnderPrecisionRecallCurve;
    }

    [TestMethod]
    public void Fit_ExampleAndClassWeights_CountTheFormerAlone()
    {
        var options = Watching("log-loss") with { LabelColumnName = "Truth", ExampleWeightColumnName = "Weight", ClassWeights = [1, 20] };
        var model = _ml.BinaryClassification.Trainers.DeepMlp(options).Fit(TrainingRows(), ValidationRows());

        var scored = model.Transform(ValidationRows());

        float[] scores = [.. scored.GetColumn<float>("Score")], labels = [.. scored.GetColumn<bool>("Truth").Select(truth => truth ? 1f : 0)], weights = [.. scored.GetColumn<float>("Weight")];
        double best = model.History.Epochs[model.History.BestEpoch - 1].ValidationMetric!.Value;
        best.Should().BeApproximately(ValidationMetric.LogLoss.Measure(scores, labels, weights), 1e-6);
        best.Should().NotBeApproximately(ValidationMetric.LogLoss.Measure(scores, labels), 1e-4, "example weights count");
        best.Should().NotBeApproximately(model.History.Epochs[model.History.BestEpoch - 1].ValidationLoss!.Value / Math.Log(2), 1e-3, "class weights do not");
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Fit_MetricOfOnesOwn_GetsTheScoresOfTheModelAndChoosesTheEpoch(LearningTask task)
    {
        var calls = new List<(float[] Scores, float[] Labels, float[] Weights)>();
        var metric = new CustomMetric("sum of scores", HigherIsBetter: false, (scores, labels, weights) =>
        {
            calls.Add((scores.ToArray(), labels.ToArray(), weights.ToArray()));
            return calls.Count == 3 ? -1 : calls.Count;
        });
        var options = Trainer.QuickFor(task) with { NumberOfEpochs = 20, ExampleWeightColumnName = "Weight", EarlyStopping = new() { Metric = metric, Patience = 4 } };

        var fitted = Trainer.Fit(task, _ml, options, TrainingRows(), ValidationRows());

        var scored = fitted.Transformer.Transform(ValidationRows());
        (fitted.History.MetricName, fitted.History.BestEpoch, fitted.History.Epochs.Count).Should().Be(("sum of scores", 3, 7));
        float[] expected = task == LearningTask.Multiclass ? [.. scored.GetColumn<float[]>("Score").SelectMany(scores => scores)] : [.. scored.GetColumn<float>("Score")];
        calls[2].Scores.Should().Equal(expected, (one, other) => Math.Abs(one - other) < 1e-5f);
        calls[2].Labels.Should().Equal(task switch
        {
            LearningTask.Binary => scored.GetColumn<bool>("Truth").Select(truth => truth ? 1f : 0),
            LearningTask.Multiclass => scored.GetColumn<uint>("Class").Select(key => key - 1f),
            _ => scored.GetColumn<float>("Value"),
        });
        calls[2].Weights.Should().Equal(scored.GetColumn<float>("Weight"));
    }

    [TestMethod]
    public void Fit_MetricOfOnesOwnOfQuantiles_GetsThemInUnitsOfTheLabel()
    {
        float[] last = [];
        var metric = new CustomMetric("width", HigherIsBetter: false, (scores, _, _) => (last = scores.ToArray()).Average());
        var options = Trainer.QuickFor(LearningTask.Regression) with { Loss = new QuantileLoss(0.1f, 0.9f), EarlyStopping = new() { Metric = metric, RestoreBest = false } };

        var fitted = Trainer.Fit(LearningTask.Regression, _ml, options, TrainingRows(), ValidationRows());

        float[] expected = [.. fitted.Transformer.Transform(ValidationRows()).GetColumn<float[]>("Score").SelectMany(scores => scores)];
        last.Should().Equal(expected, (one, other) => Math.Abs(one - other) < 1e-5f);
    }

    [TestMethod]
    public void Fit_MetricThatIsNaN_EndsWithItsNameAndEpoch()
    {
        int calls = 0;
        var metric = new CustomMetric("profit", HigherIsBetter: true, (_, _, _) => ++calls == 2 ? double.NaN : 1);

        var act = () => Trainer.Fit(LearningTask.Binary, options => options with { EarlyStopping = new() { Metric = metric } });

        act.Should().Throw<InvalidOperationException>().WithMessage("EarlyStopping.Metric profit gave NaN in epoch 2: expected a finite number.");
    }

    [TestMethod]
    public void Fit_LossWatchedBesideAMetric_ChoosesByTheLossAndTellsTheMetric()
    {
        var metric = new CustomMetric("epochs", HigherIsBetter: false, (scores, _, _) => 1);
        var options = Trainer.QuickFor(LearningTask.Regression) with { EarlyStopping = new() { Metric = metric, Monitor = MonitoredValue.ValidationLoss } };

        var history = Trainer.Fit(LearningTask.Regression, _ => options).History;

        history.MetricName.Should().Be("epochs");
        history.BestEpoch.Should().Be(history.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch).And.NotBe(1);
    }

    [TestMethod]
    [DataRow("AUC", "rows of both classes", true)]
    [DataRow("AUC", "rows of both classes", false)]
    [DataRow("AUPRC", "rows of the positive class", false)]
    [DataRow("F1", "rows of the positive class", false)]
    public void Fit_ValidationRowsOfOneClass_SaysWhatToDo(string name, string needs, bool truth)
    {
        var validation = Examples.Load(_ml, Examples.Rows(80, seed: 2).Where(row => row.Truth == truth));
        int count = Examples.Rows(80, seed: 2).Count(row => row.Truth == truth);

        var act = () => _ml.BinaryClassification.Trainers.DeepMlp(Watching(name) with { LabelColumnName = "Truth" }).Fit(TrainingRows(), validation);

        act.Should().Throw<InvalidOperationException>().WithMessage($"EarlyStopping.Metric {name} has no value on the {count} validation rows: it needs {needs}. Set more rows aside " +
            "(EarlyStopping.ValidationFraction), give Fit a validation set that has them, or measure another metric.");
    }

    [TestMethod]
    public void Fit_ConstantLabelsAndRSquared_SaysWhatToDo()
    {
        var validation = Examples.Load(_ml, Enumerable.Repeat(Examples.Rows(1)[0], 5));

        var act = () => _ml.Regression.Trainers.DeepMlp(Watching("R2") with { LabelColumnName = "Value" }).Fit(TrainingRows(), validation);

        act.Should().Throw<InvalidOperationException>().WithMessage("EarlyStopping.Metric R2 has no value on the 5 validation rows: it needs labels that differ. *");
    }

    [TestMethod]
    public void Fit_PlateauSchedule_FallsByTheMetric()
    {
        var still = new CustomMetric("still", HigherIsBetter: true, (_, _, _) => 1);
        var options = Trainer.QuickFor(LearningTask.Regression) with { NumberOfEpochs = 12, LearningRateSchedule = new PlateauSchedule { Patience = 2 }, EarlyStopping = new() { Patience = 100 } };

        var byLoss = Trainer.Fit(LearningTask.Regression, _ => options).History;
        var byMetric = Trainer.Fit(LearningTask.Regression, _ => options with { EarlyStopping = options.EarlyStopping! with { Metric = still } }).History;

        byLoss.Epochs[4].LearningRate.Should().Be(byLoss.Epochs[0].LearningRate, "the loss falls");
        byMetric.Epochs[4].LearningRate.Should().BeApproximately(0.1f * byMetric.Epochs[0].LearningRate, 1e-9f);
    }

    [TestMethod]
    public void Fit_RefitOnAllRows_TakesTheEpochsThatTheMetricChose()
    {
        var history = Trainer.Fit(LearningTask.Binary, options => Watching("AUC") with { LabelColumnName = "Truth", RefitOnAllRows = true, MeasureTraining = true }, Examples.Rows(200)).History;

        history.BestEpoch.Should().BeLessThan(history.Epochs.Count);
        history.Refit!.Epochs.Should().HaveCount(history.BestEpoch);
        history.Refit.MetricName.Should().Be("AUC");
        history.Refit.Epochs.Should().OnlyContain(epoch => epoch.TrainingMetric > 0 && epoch.ValidationMetric == null);
    }

    [TestMethod]
    public void Fit_Ensemble_StopsEachMemberByItsOwnMetric()
    {
        var history = Trainer.Fit(LearningTask.Binary, options => Watching("AUC") with { LabelColumnName = "Truth", CalibrateProbabilities = true, Ensemble = new() { Members = 3 } }, Examples.Rows(200)).History;

        history.Members.Should().HaveCount(3).And.OnlyContain(member => member.MetricName == "AUC");
        foreach (var member in history.Members)
            member.BestEpoch.Should().Be(member.Epochs.MaxBy(epoch => epoch.ValidationMetric)!.Epoch);
        history.Calibration!.Temperature.Should().BePositive();
    }

    [TestMethod]
    public void Constructor_MetricOfAnotherTask_IsRefused()
    {
        Invalid(() => _ml.Regression.Trainers.DeepMlp(Watching("AUC"))).Should().Be("EarlyStopping.Metric AUC is not for regression: use RootMeanSquaredError, MeanAbsoluteError, RSquared or a CustomMetric");
        Invalid(() => _ml.BinaryClassification.Trainers.DeepMlp(Watching("MAE"))).Should().Be(
            "EarlyStopping.Metric MAE is not for binary classification: use Accuracy, MicroAccuracy, MacroAccuracy, AreaUnderRocCurve, AreaUnderPrecisionRecallCurve, F1Score, LogLoss or a CustomMetric");
        Invalid(() => _ml.MulticlassClassification.Trainers.DeepMlp(Watching("F1"))).Should().Be(
            "EarlyStopping.Metric F1 is not for multiclass classification: use Accuracy, MicroAccuracy, MacroAccuracy, AreaUnderRocCurve, AreaUnderPrecisionRecallCurve, MacroF1, LogLoss or a CustomMetric");
        Invalid(() => _ml.MultilabelClassification.Trainers.DeepMlp(Watching("accuracy"))).Should().Be(
            "EarlyStopping.Metric accuracy is not for multilabel classification: use AreaUnderRocCurve, AreaUnderPrecisionRecallCurve, MicroF1, MacroF1, LabelAccuracy, SubsetAccuracy, LogLoss or a CustomMetric");
        Invalid(() => _ml.Regression.Trainers.DeepMlp(Watching("MAE") with { Loss = new QuantileLoss(0.5f) })).Should().Be(
            "EarlyStopping.Metric MAE is of one value, and a QuantileLoss gives quantiles: leave it null for their pinball loss, or use a CustomMetric");
        Invalid(() => _ml.Regression.Trainers.DeepMlp(s_options with { EarlyStopping = new() { Metric = new CustomMetric("", true, (_, _, _) => 1) } })).Should().Be("EarlyStopping.Metric.Name must not be empty");
        Invalid(() => _ml.Regression.Trainers.DeepMlp(s_options with { EarlyStopping = new() { Metric = new CustomMetric("gain", true, null!) } })).Should().Be("EarlyStopping.Metric.Function must not be null");

        static string Invalid(Func<object> make) => make.Should().Throw<ArgumentException>().Which.Message.Split("- ", 2)[1].Replace(" (Parameter 'options')", "");
    }

    [TestMethod]
    public void Fit_RarePositivesOfWeightedClasses_AreRankedBetterByTheAreaThanByTheLoss()
    {
        // Few positives that weigh a hundred times as much make the loss rise long before the ranking is at its best.
        var options = new DeepMlpOptions { NumberEmbedding = null, HiddenLayers = [64, 64], DropoutRate = 0, NumberOfEpochs = 60, BalanceClasses = true, Optimizer = new AdamOptions { LearningRate = 0.003f } };
        var gains = new List<double>();
        foreach (int seed in Enumerable.Range(1, 5))
        {
            var (training, test) = (Rare(6_000, seed), Rare(20_000, 100 + seed));
            double AreaOf(EarlyStoppingOptions stopping) => _ml.BinaryClassification.Evaluate(
                _ml.BinaryClassification.Trainers.DeepMlp(options with { Seed = seed, EarlyStopping = stopping with { ValidationFraction = 0.3f } }).Fit(training).Transform(test)).AreaUnderRocCurve;

            gains.Add(AreaOf(new() { Metric = ValidationMetric.AreaUnderRocCurve }) - AreaOf(new()));
        }

        gains.Average().Should().BeGreaterThan(5e-4, string.Join(", ", gains));
        gains.Should().OnlyContain(gain => gain > -1e-3);
    }

    // One row in a hundred is positive.
    private IDataView Rare(int count, int seed)
    {
        var random = new Random(seed);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ =>
        {
            float[] x = [.. Enumerable.Range(0, 6).Select(_ => 2 * random.NextSingle() - 1)];
            return new RareRow { Features = x, Label = x[0] + 2 * x[1] * x[2] + 1.5 * Math.Sin(3 * x[3]) * x[4] > 2.15 };
        }).ToArray());
    }

    private static DeepMlpOptions Watching(string name) => s_options with { EarlyStopping = new() { Metric = ValidationMetric.OfName(name), Patience = 30 } };

    private IDataView TrainingRows() => Examples.Load(_ml, Examples.Rows(120, seed: 1));

    private IDataView ValidationRows() => Examples.Load(_ml, Examples.Rows(80, seed: 2));

    // Of each output, and of each label, some are missing, of some more than of others.
    private IDataView Outputs(int seed, int count) => _ml.Data.LoadFromEnumerable(Examples.Rows(count, seed).Select((row, index) =>
        new Row { Features = row.Features, Label = [row.Value, index % 4 == 0 ? float.NaN : row.Values[1]] }));

    private IDataView Labelled(int seed, int count) => _ml.Data.LoadFromEnumerable(Examples.Rows(count, seed).Select((row, index) =>
        new Row { Features = row.Features, Label = [row.ZeroOrOne, index % 4 == 0 ? float.NaN : row.Value > 3.5f ? 1 : 0] }));

    private static (ITransformer Model, TrainingHistory History) Of<TModel>(DeepMlpTransformer<TModel> model)
        where TModel : DeepMlpModelParameters => (model, model.History);

    private static void ShouldTell(TrainingHistory history, string name, double expected)
    {
        var values = history.Epochs.Select(epoch => epoch.ValidationMetric!.Value).ToList();
        double best = ValidationMetric.OfName(name).HigherIsBetter ? values.Max() : values.Min();
        history.MetricName.Should().Be(name);
        best.Should().BeApproximately(expected, 1e-6 * Math.Max(1, Math.Abs(expected)));
        history.BestEpoch.Should().Be(values.IndexOf(best) + 1, "of equal epochs the first");
        values.Distinct().Should().HaveCountGreaterThan(3, "a metric that never moves would show nothing");
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [VectorType(2)]
        public float[] Label { get; set; } = [];
    }

    private sealed class Scored
    {
        public float Score { get; set; }

        public bool PredictedLabel { get; set; }

        public bool Label { get; set; }
    }

    private sealed class RareRow
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
