using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.Spread;

/// <summary>Intervals of a regression with a stated coverage.</summary>
[TestClass]
public sealed class PredictionIntervalTests
{
    private static readonly EnsembleOptions s_three = new() { Members = 3 };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("validation rows", 0.9)]
    [DataRow("folds", 0.9)]
    [DataRow("folds", 0.5)]
    [DataRow("seeds", 0.8)]
    [DataRow("quantiles", 0.8)]
    [DataRow("logarithm", 0.9)]
    public void Transform_NewRows_CoversTheirLabelsAsStated(string kind, double coverage)
    {
        // The coverage of one model has a standard deviation of √(c (1 - c) / n) over what rows are held out, 0.04 for 60 of them: five models
        // have less than half of that, and folds, of which all rows are held out, less still. Folds cover a little more than stated.
        double[] shares = [.. Enumerable.Range(1, 5).Select(seed => Covered(kind, coverage, seed))];

        double spread = Math.Sqrt(coverage * (1 - coverage) / (kind is "folds" ? 400 : 60) / shares.Length);
        shares.Average().Should().BeInRange(coverage - 3 * spread - 0.01, coverage + 3 * spread + 0.03);
    }

    [TestMethod]
    public void Transform_Quantiles_AreWideWhereTheNoiseIs()
    {
        var quiet = Noisy(400, seed: 1, NoiseOf);
        var fitted = Fit(options => Of("quantiles", options, 0.8), quiet);
        var rows = Noisy(1_000, seed: 77, NoiseOf);

        var bounds = BoundsOf(fitted, rows);

        double narrow = bounds.Where((_, index) => rows[index].Features[0] < -0.5).Average(bound => bound.Upper - bound.Lower);
        double wide = bounds.Where((_, index) => rows[index].Features[0] > 0.5).Average(bound => bound.Upper - bound.Lower);
        wide.Should().BeGreaterThan(2 * narrow);
        CoveredBy(bounds, rows).Should().BeInRange(0.68, 0.92);

        static double NoiseOf(Example row) => row.Features[0] > 0 ? 1 : 0.1;
    }

    [TestMethod]
    public void Interval_OfFolds_IsTheQuantileOfOutOfFoldErrors()
    {
        var rows = Noisy(60, seed: 1);
        var fitted = Fit(options => options with { Ensemble = s_three, PredictionInterval = new() { Coverage = 0.8 } }, rows);
        var interval = ((DeepMlpRegressionModelParameters)fitted.Model).Interval!;

        double[] errors = [.. fitted.OutOfFold!.Select(prediction => Math.Abs(prediction.Scores.Span[0] - (double)rows[prediction.Row].Value)).Order()];

        interval.Margins.Should().ContainSingle().Which.Should().BeApproximately(errors[49 - 1], 1e-12, "⌈61 x 0.8⌉ = 49");
        interval.HeldOutRows.Should().Be(60);
        interval.Coverage.Should().Be(0.8);
        foreach (var (bound, score) in BoundsOf(fitted, rows).Zip(fitted.Transformer.Transform(Examples.Load(_ml, rows)).GetColumn<float>("Score")))
        {
            bound.Lower.Should().BeApproximately((float)(score - interval.Margins[0]), 1e-5f);
            bound.Upper.Should().BeApproximately((float)(score + interval.Margins[0]), 1e-5f);
            ((DeepMlpRegressionModelParameters)fitted.Model).IntervalOf([score]).Should().Be((bound.Lower, bound.Upper));
        }
    }

    [TestMethod]
    public void Interval_RowsWithoutWeightOrLabel_AreNotCounted()
    {
        var rows = Noisy(60, seed: 1);
        foreach (var row in rows.Take(10))
            (row.Weight, row.Value) = (0, 1_000);
        rows[20].Value = float.NaN;

        var fitted = Fit(options => options with { Ensemble = s_three, ExampleWeightColumnName = "Weight", MissingLabels = MissingLabels.Skip, PredictionInterval = new() { Coverage = 0.9 } }, rows);

        var interval = ((DeepMlpRegressionModelParameters)fitted.Model).Interval!;
        interval.HeldOutRows.Should().Be(49);
        interval.Margins[0].Should().BeLessThan(100);
    }

    [TestMethod]
    [DataRow("Value", "Single", null)]
    [DataRow("Values", "Vector<Single, 2>", null)]
    [DataRow("Value", "Single", "quantiles")]
    public void Transform_WithTheOption_AddsTwoColumns(string label, string type, string? kind)
    {
        var data = Examples.Load(_ml);
        var options = Trainer.Quick with { LabelColumnName = label };
        if (kind is not null)
            options = Of(kind, options, 0.8);

        var plain = _ml.Regression.Trainers.DeepMlp(options with { PredictionInterval = null }).Fit(data);
        var fitted = _ml.Regression.Trainers.DeepMlp(options with { PredictionInterval = new() { Coverage = 0.8 } }).Fit(data);

        var added = SchemaTexts.Of(fitted.GetOutputSchema(data.Schema)).Except(SchemaTexts.Of(plain.GetOutputSchema(data.Schema))).ToArray();
        added.Should().HaveCount(2);
        added[0].Should().StartWith($"ScoreLower: {type} {{").And.Contain("ScoreValueKind String ScoreLower");
        added[1].Should().StartWith($"ScoreUpper: {type} {{").And.Contain("ScoreValueKind String ScoreUpper");
        RowTexts.Of(fitted.Transform(data), "Score").Should().Equal(RowTexts.Of(plain.Transform(data), "Score"));
        RowTexts.Of(SavedModels.ThroughStream(fitted, data.Schema).Transform(data)).Should().Equal(RowTexts.Of(fitted.Transform(data)));
        plain.Model.Interval.Should().BeNull();
    }

    [TestMethod]
    [DataRow("Value", null)]
    [DataRow("Values", "Weight")]
    public void Regression_WithTheOption_Conforms(string label, string? weight) => new EstimatorConformance<DeepMlpTransformer<DeepMlpRegressionModelParameters>>(
        ml => ml.Regression.Trainers.DeepMlp(Trainer.Quick with
        {
            LabelColumnName = label,
            ExampleWeightColumnName = weight,
            NumberOfEpochs = 2,
            Ensemble = s_three,
            PredictionInterval = new() { Coverage = 0.8 },
            ScoreStandardDeviation = new(),
        }), ml => Examples.Load(ml, 40), "Features").CheckAll();

    [TestMethod]
    public void Interval_SeveralLabels_HasAMarginOfEach()
    {
        var model = _ml.Regression.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Values", PredictionInterval = new() { Coverage = 0.8 } }).Fit(Examples.Load(_ml)).Model;

        model.Interval!.Margins.Should().HaveCount(2).And.OnlyHaveUniqueItems();
        model.IntervalOf([1, 2], label: 1).Upper.Should().BeApproximately((float)(2 + model.Interval.Margins[1]), 1e-5f);
        model.Invoking(m => m.IntervalOf([1, 2], label: 2)).Should().Throw<ArgumentOutOfRangeException>();
        model.Invoking(m => m.IntervalOf([1])).Should().Throw<ArgumentException>().WithMessage("Expected 2 scores, got 1.*");
    }

    [TestMethod]
    public void Transform_Logarithm_IsWiderWhereTheLabelIsLarger()
    {
        var rows = Noisy(200, seed: 1);
        foreach (var row in rows)
            row.Value = MathF.Exp(row.Value);
        var fitted = Fit(options => Of("logarithm", options, 0.9), rows);

        var bounds = BoundsOf(fitted, rows);

        bounds.Should().OnlyContain(bound => bound.Lower > 0);
        bounds.Select(bound => MathF.Log(bound.Upper / bound.Lower)).Should().OnlyContain(ratio => Math.Abs(ratio - 2 * ((DeepMlpRegressionModelParameters)fitted.Model).Interval!.Margins[0]) < 1e-3);
    }

    [TestMethod]
    public void Transform_LossWithLogLink_IsNeverBelowZero()
    {
        var rows = Noisy(100, seed: 1);
        foreach (var row in rows)
            row.Value = MathF.Max(0, row.Value - 2);

        var fitted = Fit(options => options with { Loss = Loss.Poisson, PredictionInterval = new() }, rows);

        BoundsOf(fitted, rows).Should().OnlyContain(bound => bound.Lower >= 0).And.Contain(bound => bound.Lower == 0);
    }

    [TestMethod]
    public void CrossValidate_WithTheOption_Works()
    {
        var trainer = _ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression) with { Ensemble = s_three, PredictionInterval = new() });

        var results = _ml.Regression.CrossValidate(Examples.Load(_ml, 90), trainer, numberOfFolds: 3, labelColumnName: "Value");

        results.Should().HaveCount(3).And.OnlyContain(result => result.ScoredHoldOutSet.Schema.GetColumnOrNull("ScoreUpper") != null);
    }

    [TestMethod]
    public void CreatePredictionEngine_WithTheOption_GivesTheBounds()
    {
        var data = _ml.Data.LoadFromEnumerable(Examples.Rows());
        var fitted = Trainer.Fit(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression) with { PredictionInterval = new() { Coverage = 0.8 } }, data);
        using var engine = _ml.Model.CreatePredictionEngine<Example, Scored>(fitted.Transformer, data.Schema);

        var scored = engine.Predict(Examples.Rows()[3]);

        scored.ScoreLower.Should().BeLessThan(scored.Score);
        scored.ScoreUpper.Should().BeGreaterThan(scored.Score);
    }

    [TestMethod]
    public void Fit_TooFewRows_SaysHowManyItTakes()
    {
        const string advice = ": lower it, train an Ensemble with Folds, which has all of its rows, set a larger EarlyStopping.ValidationFraction aside, or give a validation set to Fit.";
        Fitted Train(double coverage, Func<DeepMlpOptions, DeepMlpOptions>? change = null) =>
            Trainer.Fit(LearningTask.Regression, options => (change ?? (same => same))(options with { PredictionInterval = new() { Coverage = coverage } }));

        FluentActions.Invoking(() => Train(0.95)).Should().Throw<InvalidOperationException>()
            .WithMessage("PredictionInterval.Coverage 0.95 needs at least 19 rows with a label that are not trained on, and there are 9" + advice);
        FluentActions.Invoking(() => Train(0.5, options => options with { EarlyStopping = null })).Should().Throw<InvalidOperationException>()
            .WithMessage("PredictionInterval.Coverage 0.5 needs at least 1 row with a label that is not trained on, and there are none" + advice);
        FluentActions.Invoking(() => Train(0.99, options => options with { Ensemble = s_three })).Should().Throw<InvalidOperationException>()
            .WithMessage("PredictionInterval.Coverage 0.99 needs at least 99 rows with a label that are not trained on, and there are 60" + advice);
        FluentActions.Invoking(() => Train(0.95, options => options with { Ensemble = s_three })).Should().NotThrow();
    }

    [TestMethod]
    public void Options_OutOfRange_AreNamed()
    {
        FluentActions.Invoking(() => _ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { PredictionInterval = new() { Coverage = 1 } }))
            .Should().Throw<ArgumentException>().WithMessage("*- PredictionInterval.Coverage must be above 0 and below 1, got 1*");
        FluentActions.Invoking(() => _ml.BinaryClassification.Trainers.DeepMlp(new DeepMlpOptions { PredictionInterval = new() }))
            .Should().Throw<ArgumentException>().WithMessage("*- PredictionInterval is for regression: *");
        Trainer.Fit(LearningTask.Regression).Model.Should().BeOfType<DeepMlpRegressionModelParameters>().Which.Invoking(model => model.IntervalOf([1]))
            .Should().Throw<InvalidOperationException>().WithMessage("The model has no intervals: train it with DeepMlpOptions.PredictionInterval.");
    }

    [TestMethod]
    [DataRow(0.0, 1, 5)]
    [DataRow(1.0, 1, 5)]
    [DataRow(0.9, 2, 5)]
    [DataRow(0.9, 1, 0)]
    public void Load_IntervalThatCannotBe_IsRefused(double coverage, int margins, int rows) =>
        FluentActions.Invoking(() => new PredictionInterval(coverage, new double[margins], rows).Check(1)).Should().Throw<FormatException>().WithMessage("an interval of coverage *");

    private double Covered(string kind, double coverage, int seed)
    {
        var (rows, test) = (Noisy(400, seed), Noisy(2_000, seed + 100));
        foreach (var row in kind == "logarithm" ? rows.Concat(test) : [])
            row.Value = MathF.Exp(row.Value);
        return CoveredBy(BoundsOf(Fit(options => Of(kind, options, coverage) with { Seed = seed }, rows), test), test);
    }

    private static double CoveredBy((float Lower, float Upper)[] bounds, Example[] rows) =>
        bounds.Zip(rows).Count(pair => pair.First.Lower <= pair.Second.Value && pair.Second.Value <= pair.First.Upper) / (double)rows.Length;

    private static DeepMlpOptions Of(string kind, DeepMlpOptions options, double coverage)
    {
        var interval = options with { PredictionInterval = new() { Coverage = coverage } };
        return kind switch
        {
            "folds" => interval with { Ensemble = s_three },
            "seeds" => interval with { Ensemble = s_three with { Folds = false } },
            "quantiles" => interval with { Loss = new QuantileLoss(0.1f, 0.5f, 0.9f) },
            "logarithm" => interval with { LabelTransform = LabelTransform.Log },
            _ => interval,
        };
    }

    private static Fitted Fit(Func<DeepMlpOptions, DeepMlpOptions> change, Example[] rows) => Trainer.Fit(LearningTask.Regression,
        options => change(options with { NumberOfEpochs = 20, Optimizer = new AdamOptions { LearningRate = 0.02f } }), rows);

    private (float Lower, float Upper)[] BoundsOf(Fitted fitted, Example[] rows)
    {
        var view = fitted.Transformer.Transform(Examples.Load(_ml, rows));
        return [.. view.GetColumn<float>("ScoreLower").Zip(view.GetColumn<float>("ScoreUpper"))];
    }

    /// <summary>Examples whose value has normal noise.</summary>
    private static Example[] Noisy(int count, int seed, Func<Example, double>? deviationOf = null)
    {
        var rows = Examples.Rows(count, seed);
        var random = new System.Random(seed + 1_000);
        foreach (var row in rows)
            row.Value += (float)((deviationOf?.Invoke(row) ?? 0.5) * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return rows;
    }

    private sealed class Scored
    {
        public float Score { get; set; }

        public float ScoreLower { get; set; }

        public float ScoreUpper { get; set; }
    }
}
