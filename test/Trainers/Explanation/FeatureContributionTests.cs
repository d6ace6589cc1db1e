using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

[TestClass]
[TestCategory("Explanation")]
public sealed class FeatureContributionTests
{
    // Of the sum of a row's absolute contributions; and where these nearly cancel one another on the way, of scores, which are of the size of 1.
    private const double Tolerance = 0.006;
    private const double ScoreTolerance = 0.001;

    private static readonly DeepMlpOptions s_embedded = Trainer.Quick with
    {
        InputScaling = InputScaling.Robust,
        NumberEmbedding = new PiecewiseLinearEmbedding { Dimension = 4, Bins = 8 },
        NumberOfEpochs = 12,
        HiddenLayers = [16],
    };

    private static readonly DeepMlpOptions s_plainMember = new() { NumberEmbedding = null, NumberOfEpochs = 12, HiddenLayers = [6, 5], Activation = Activation.Tanh };

    private static readonly Dictionary<string, DeepMlpOptions> s_variants = new()
    {
        ["plain"] = Trainer.Quick,
        ["embedded"] = s_embedded,
        ["quantiles to normal"] = s_embedded with { InputScaling = InputScaling.Quantile, NumberEmbedding = new PeriodicEmbedding { Dimension = 4, Frequencies = 3, Deviation = 0.3f } },
        ["means over neighbors"] = s_embedded with { NeighborMeans = new() { Neighbors = 5 } },
        ["batch normalization, dropout"] = s_embedded with { Normalization = Normalization.Batch, DropoutRate = 0.3f },
        ["ensemble"] = s_embedded with { Ensemble = new() { Members = 2 }, EarlyStopping = null },
        ["ensemble of two kinds"] = s_embedded with { Ensemble = new() { Members = 2, AlternatesWith = [s_plainMember with { EarlyStopping = null }] }, EarlyStopping = null },
        ["batch ensemble"] = s_embedded with { BatchEnsemble = new() { Members = 3 } },
    };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Variants => s_variants.Keys.Select(name => new object[] { name });

    [TestMethod]
    public void CalculateFeatureContribution_Conforms()
    {
        var model = _ml.MulticlassClassification.Trainers.DeepMlp(s_embedded with { LabelColumnName = "Class" }).Fit(Examples.Load(_ml));

        new EstimatorConformance<FeatureContributionTransformer>(ml => ml.Transforms.CalculateFeatureContribution(model, 2, 1), ml => Examples.Load(ml, 20), "Features").CheckAll();
    }

    [TestMethod]
    [DynamicData(nameof(Variants))]
    public void Binary_AnyModel_SumsUpToScoreOrProbability(string variant)
    {
        var data = Examples.Load(_ml);
        var model = _ml.BinaryClassification.Trainers.DeepMlp(s_variants[variant] with { LabelColumnName = "Truth", CalibrateProbabilities = variant == "embedded" }).Fit(data);

        HoldSums(model, data, new(), row => row.Score);
        HoldSums(model, data, new() { Explained = ExplainedScore.Probability }, row => row.Probability);
    }

    [TestMethod]
    [DynamicData(nameof(Variants))]
    public void Multiclass_AnyModel_SumsUpToScoreOfPredictedClass(string variant)
    {
        var data = Examples.Load(_ml);
        var model = _ml.MulticlassClassification.Trainers.DeepMlp(s_variants[variant] with { LabelColumnName = "Class", CalibrateProbabilities = variant == "embedded" }).Fit(data);

        HoldSums(model, data, new(), row => Math.Log(row.Scores.Max()) - row.Scores.Average(score => Math.Log(score)));
        HoldSums(model, data, new() { Explained = ExplainedScore.Probability }, row => row.Scores.Max());
        HoldSums(model, data, new() { Explained = ExplainedScore.Probability, ClassName = "green" }, row => row.Scores[1]);
        HoldSums(model, data, new() { Explained = ExplainedScore.Probability, ScoreIndex = 2 }, row => row.Scores[2]);
    }

    [TestMethod]
    [DynamicData(nameof(Variants))]
    public void Regression_AnyModel_SumsUpToScore(string variant)
    {
        var data = Examples.Load(_ml);

        HoldSums(_ml.Regression.Trainers.DeepMlp(s_variants[variant] with { LabelColumnName = "Value" }).Fit(data), data, new(), row => row.Score);
    }

    [TestMethod]
    public void Regression_TransformsAndLinks_SumUpToScore()
    {
        var data = Examples.Load(_ml, [.. Examples.Rows().Select(row => { row.Value = MathF.Abs(row.Value) + 0.1f; return row; })]);
        foreach (var options in new[]
        {
            s_embedded with { LabelTransform = LabelTransform.Log }, s_embedded with { LabelTransform = LabelTransform.LogOnePlus }, s_embedded with { LabelTransform = LabelTransform.None },
            s_embedded with { Loss = new PoissonLoss() },
        })
        {
            HoldSums(_ml.Regression.Trainers.DeepMlp(options with { LabelColumnName = "Value", ClampScores = false }).Fit(data), data, new(), row => row.Score);
        }
    }

    [TestMethod]
    public void Regression_SeveralScores_SumUpToTheOneAskedFor()
    {
        var data = Examples.Load(_ml);
        var quantiles = _ml.Regression.Trainers.DeepMlp(s_embedded with { LabelColumnName = "Value", Loss = new QuantileLoss(0.1f, 0.5f, 0.9f), ClampScores = false }).Fit(data);
        var outputs = _ml.Regression.Trainers.DeepMlp(s_embedded with { LabelColumnName = "Values", ClampScores = false }).Fit(data);

        HoldSums(quantiles, data, new(), row => row.Scores[1]);
        HoldSums(quantiles, data, new() { ScoreIndex = 2 }, row => row.Scores[2]);
        HoldSums(outputs, data, new() { ScoreIndex = 1 }, row => row.Scores[1]);
        var none = () => _ml.Transforms.CalculateFeatureContribution(outputs);
        none.Should().Throw<ArgumentException>().WithMessage("The model has 2 scores: say which of them to explain, by ScoreIndex from 0 on.*");
    }

    [TestMethod]
    public void Explain_Linear_IsWeightTimesDifferenceFromTypicalRow()
    {
        var rows = Examples.Rows(61);
        var data = Examples.Load(_ml, rows);
        var model = _ml.Regression.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Value", HiddenLayers = [], NumberOfEpochs = 200, Optimizer = new AdamOptions { LearningRate = 0.02f } }).Fit(data);

        var explained = _ml.Transforms.CalculateFeatureContribution(model).Fit(data);

        // Value is 3 + 2 x0 - x1.
        float[] median = [.. Enumerable.Range(0, 3).Select(slot => rows.Select(row => row.Features[slot]).Order().ElementAt(30))];
        explained.CopyBaselines().Should().Equal(median);
        var values = explained.Explain(rows[5].Features).Values;
        values[0].Should().BeApproximately(2 * (rows[5].Features[0] - median[0]), 0.02);
        values[1].Should().BeApproximately(-(rows[5].Features[1] - median[1]), 0.02);
        values[2].Should().BeApproximately(0, 0.02);
    }

    [TestMethod]
    public void Transform_FewContributions_GivesTheLargestOfEachSign()
    {
        var data = Wide(out var model);
        var all = Contributions(_ml.Transforms.CalculateFeatureContribution(model).Fit(data).Transform(data));

        var few = Contributions(_ml.Transforms.CalculateFeatureContribution(model, 2, 1).Fit(data).Transform(data));
        var scaled = Contributions(_ml.Transforms.CalculateFeatureContribution(model, 2, 1, normalize: true).Fit(data).Transform(data));

        for (int row = 0; row < all.Length; row++)
        {
            float[] positive = [.. all[row].Where(value => value > 0).OrderDescending().Take(2)], negative = [.. all[row].Where(value => value < 0).Order().Take(1)];
            few[row].Where(value => value != 0).Should().BeEquivalentTo([.. positive, .. negative]);
            few[row].Select((value, slot) => value == 0 || value == all[row][slot]).Should().AllBeEquivalentTo(true);
            float largest = few[row].Max(Math.Abs);
            scaled[row].Should().Equal(few[row].Select(value => value / largest));
        }
    }

    [TestMethod]
    public void Fit_SeveralBaselines_SumsUpFromTheMeanScore()
    {
        var data = Examples.Load(_ml);
        var model = _ml.Regression.Trainers.DeepMlp(s_embedded with { LabelColumnName = "Value" }).Fit(data);
        var options = new FeatureContributionOptions { NumberOfBaselines = 10, Seed = 3 };

        var explained = _ml.Transforms.CalculateFeatureContribution(model, options).Fit(data);

        explained.BaselineCount.Should().Be(10);
        float[] drawn = explained.CopyBaselines();
        Examples.Rows().Select(row => row.Features[0]).Should().Contain([.. Enumerable.Range(0, 10).Select(row => drawn[row * 3])]);
        Enumerable.Range(0, 10).Select(row => drawn[row * 3]).Should().OnlyHaveUniqueItems();
        _ml.Transforms.CalculateFeatureContribution(model, options).Fit(data).CopyBaselines().Should().Equal(drawn);
        _ml.Transforms.CalculateFeatureContribution(model, options with { Seed = 4 }).Fit(data).CopyBaselines().Should().NotEqual(drawn);
        _ml.Transforms.CalculateFeatureContribution(model, options with { NumberOfBaselines = 100 }).Fit(data).BaselineCount.Should().Be(60, "there are no more rows");
        HoldSums(model, data, options, row => row.Score);
    }

    [TestMethod]
    public void Fit_BaselinesThatLackNumbers_AreSavedAsTheyAre()
    {
        var rows = Examples.Rows();
        rows[7].Features[2] = float.NaN;
        var data = Examples.Load(_ml, rows);
        var model = _ml.Regression.Trainers.DeepMlp(s_embedded with { LabelColumnName = "Value" }).Fit(data);

        var explained = _ml.Transforms.CalculateFeatureContribution(model, new FeatureContributionOptions { NumberOfBaselines = 60 }).Fit(data);

        explained.CopyBaselines().Should().Contain(float.NaN);
        ((FeatureContributionTransformer)SavedModels.ThroughFile(explained, data.Schema)).CopyBaselines().Should().Equal(explained.CopyBaselines());
    }

    [TestMethod]
    public void Fit_ProductAmongNoise_LeavesNoiseLast()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 1500).Select(_ => new Wider { Features = [.. Enumerable.Range(0, 6).Select(_ => 2 * random.NextSingle() - 1)] }).ToList();
        rows.ForEach(row => row.Value = row.Features[2] * row.Features[4] * 3);
        var data = _ml.Data.LoadFromEnumerable(rows);
        var model = _ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { LabelColumnName = "Value", Seed = 1, NumberOfEpochs = 40, NumberEmbedding = null, HiddenLayers = [32, 32] }).Fit(data);

        // Against the middle, where the product is 0 along either axis, and against rows.
        foreach (int baselines in new[] { 1, 8 })
        {
            var found = Contributions(_ml.Transforms.CalculateFeatureContribution(model, new FeatureContributionOptions { NumberOfBaselines = baselines }).Fit(data).Transform(_ml.Data.TakeRows(data, 200)));

            double[] means = [.. Enumerable.Range(0, 6).Select(slot => found.Average(row => Math.Abs(row[slot])))];
            new[] { means[0], means[1], means[3], means[5] }.Max().Should().BeLessThan(0.3 * Math.Min(means[2], means[4]));
        }
    }

    [TestMethod]
    public void Summarize_Rows_GivesMeansOfContributionsByName()
    {
        var data = Wide(out var model);
        var explained = _ml.Transforms.CalculateFeatureContribution(model, 1, 0, normalize: true).Fit(data);
        var all = Contributions(_ml.Transforms.CalculateFeatureContribution(model).Fit(data).Transform(data));

        var summary = explained.Summarize(data);

        summary.Rows.Should().Be(60);
        summary.Features.Should().HaveCount(6).And.BeInDescendingOrder(feature => feature.MeanAbsolute);
        foreach (var feature in summary.Features)
        {
            feature.MeanAbsolute.Should().BeApproximately(all.Average(row => Math.Abs(row[feature.Slot])), 1e-5);
            feature.Mean.Should().BeApproximately(all.Average(row => row[feature.Slot]), 1e-5);
        }
        summary.ToCsv().Split('\n').Should().HaveCount(8);
        explained.Summarize(data, 10).Rows.Should().Be(10);
        explained.Summarize(data).ToCsv().Should().Be(summary.ToCsv());
    }

    [TestMethod]
    public void EncodedTable_ChainSavedAndLoaded_GivesReasonsByName()
    {
        var rows = Enumerable.Range(0, 300).Select(row => new Person
        {
            Age = row % 7 == 0 ? float.NaN : 20 + row * 37 % 50,
            Work = row % 11 == 0 ? "" : row % 3 == 0 ? "office" : row % 3 == 1 ? "field" : "home",
        }).ToList();
        rows.ForEach(row => row.Pay = row.Work == "office" ? 10 : row.Age > 45 ? 5 : 0);
        var data = _ml.Data.LoadFromEnumerable(rows);
        var model = _ml.Transforms.EncodeTable("Features", new Transforms.TableEncodingOptions { Except = ["Pay"] })
            .Append(_ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { LabelColumnName = "Pay", Seed = 1, NumberOfEpochs = 30, ClampScores = false })).Fit(data);

        var explained = model.Append(_ml.Transforms.CalculateFeatureContribution(model.LastTransformer).Fit(model.Transform(data)));

        HoldSums(explained.Transform(data), row => row.Score);
        var loaded = SavedModels.ThroughFile(explained, data.Schema);
        RowTexts.Of(loaded.Transform(data), "FeatureContributions", "FeatureContributionsBaseline").Should()
            .Equal(RowTexts.Of(explained.Transform(data), "FeatureContributions", "FeatureContributionsBaseline"));
        // A model that was saved without reasons can be asked for them later.
        var plain = (TransformerChain<ITransformer>)SavedModels.ThroughFile(model, data.Schema);
        var later = _ml.Transforms.CalculateFeatureContribution((DeepMlpTransformer<DeepMlpRegressionModelParameters>)plain.LastTransformer).Fit(plain.Transform(data));
        RowTexts.Of(later.Transform(plain.Transform(data)), "FeatureContributions").Should().Equal(RowTexts.Of(explained.Transform(data), "FeatureContributions"));
        var engine = new MLContext().Model.CreatePredictionEngine<Person, Row>(loaded);
        VBuffer<ReadOnlyMemory<char>> names = default;
        engine.OutputSchema["FeatureContributions"].GetSlotNames(ref names);
        names.DenseValues().Select(name => name.ToString()).Should().Equal("Age", "Age is missing", "Work");
        var reasons = engine.Predict(new Person { Age = 60, Work = "office" });
        reasons.FeatureContributions[2].Should().BeGreaterThan(2, "work in an office pays most of all");
        engine.Predict(new Person { Age = 60, Work = "elsewhere" }).Score.Should().NotBe(float.NaN, "an unknown category is explained too");
    }

    [TestMethod]
    public void CalculateFeatureContribution_ImpossibleOptions_AreListed()
    {
        var data = Examples.Load(_ml);
        var model = _ml.MulticlassClassification.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Class" }).Fit(data);
        var regression = _ml.Regression.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Value" }).Fit(data);

        var create = () => _ml.Transforms.CalculateFeatureContribution(model, new FeatureContributionOptions
        {
            OutputColumnName = "",
            NumberOfPositiveContributions = -1,
            NumberOfNegativeContributions = -2,
            NumberOfBaselines = 0,
            ClassName = "pink",
        });
        var probability = () => _ml.Transforms.CalculateFeatureContribution(regression, new FeatureContributionOptions { Explained = ExplainedScore.Probability, ScoreIndex = 1 });

        create.Should().Throw<ArgumentException>().WithMessage("OutputColumnName must not be empty. NumberOfPositiveContributions must not be negative, got -1. " +
            "NumberOfNegativeContributions must not be negative, got -2. NumberOfBaselines must be at least 1, got 0. ClassName must be one of 'blue', 'green', 'red', got 'pink'.*");
        probability.Should().Throw<ArgumentException>().WithMessage("Explained must be Score for a regression, which has no probability. ScoreIndex must be from 0 to 0, got 1.*");
    }

    private IDataView Wide(out DeepMlpTransformer<DeepMlpRegressionModelParameters> model)
    {
        var random = new Random(4);
        var rows = Enumerable.Range(0, 60).Select(_ => new Wider { Features = [.. Enumerable.Range(0, 6).Select(_ => 2 * random.NextSingle() - 1)] }).ToList();
        rows.ForEach(row => row.Value = row.Features.Sum());
        var data = _ml.Data.LoadFromEnumerable(rows);
        model = _ml.Regression.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Value" }).Fit(data);
        return data;
    }

    private void HoldSums<TModel>(DeepMlpTransformer<TModel> model, IDataView data, FeatureContributionOptions options, Func<Row, double> expected)
        where TModel : DeepMlpModelParameters =>
        HoldSums(model.Append(_ml.Transforms.CalculateFeatureContribution(model, options).Fit(data)).Transform(data), expected);

    private void HoldSums(IDataView explained, Func<Row, double> expected)
    {
        bool isVector = explained.Schema["Score"].Type is VectorDataViewType;
        var rows = isVector ? [.. _ml.Data.CreateEnumerable<VectorRow>(explained, false, ignoreMissingColumns: true).Select(row => new Row { Scores = row.Score, FeatureContributions = row.FeatureContributions, FeatureContributionsBaseline = row.FeatureContributionsBaseline })]
            : _ml.Data.CreateEnumerable<Row>(explained, false, ignoreMissingColumns: true).ToList();
        foreach (var row in rows)
        {
            double sum = row.FeatureContributions.Sum(value => (double)value), size = row.FeatureContributions.Sum(Math.Abs);
            (row.FeatureContributionsBaseline + sum).Should().BeApproximately(expected(row), Tolerance * size + ScoreTolerance);
        }
        rows.Should().Contain(row => row.FeatureContributions.Any(value => value != 0));
    }

    private float[][] Contributions(IDataView explained) => [.. _ml.Data.CreateEnumerable<Row>(explained, false, ignoreMissingColumns: true).Select(row => row.FeatureContributions)];

    private sealed class Row
    {
        public float Score { get; set; }

        public float Probability { get; set; }

        [NoColumn]
        public float[] Scores { get; set; } = [];

        public float[] FeatureContributions { get; set; } = [];

        public float FeatureContributionsBaseline { get; set; }
    }

    private sealed class VectorRow
    {
        public float[] Score { get; set; } = [];

        public float[] FeatureContributions { get; set; } = [];

        public float FeatureContributionsBaseline { get; set; }
    }

    private sealed class Wider
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public float Value { get; set; }
    }

    private sealed class Person
    {
        public float Age { get; set; }

        public string Work { get; set; } = "";

        public float Pay { get; set; }
    }
}
