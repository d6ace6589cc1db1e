using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;
using MLExtensions.Trainers.Training;

namespace MLExtensions.Trainers.Tests;

/// <summary>Training and scoring with slots that are indices of categories.</summary>
[TestClass]
public sealed class CategoryTrainingTests
{
    private static readonly DeepMlpOptions s_long = Trainer.Quick with { HiddenLayers = [16], NumberOfEpochs = 40, Optimizer = new AdamOptions { LearningRate = 0.02f }, LabelColumnName = "Value" };

    private static readonly Dictionary<string, Func<DeepMlpOptions, DeepMlpOptions>> s_variants = new()
    {
        ["plain"] = options => options,
        ["zero start"] = options => options with { OutputInitializer = WeightInitializer.Zero },
        ["factors and batch normalization"] = options => options with { ScalesInputs = true, Normalization = Normalization.Batch },
        ["initializer that looks at rows"] = options => options with { Initializer = WeightInitializer.UnitVariance },
        ["L-BFGS"] = options => options with { Optimizer = new LbfgsOptions(), BatchSize = null },
    };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Variants =>
        from task in Enum.GetValues<LearningTask>()
        from variant in s_variants.Keys
        select new object[] { task, variant };

    [TestMethod]
    [DynamicData(nameof(Variants))]
    public void Fit_CategorySlots_GivesTheBitsOfColumnsEncodedByHand(LearningTask task, string variant)
    {
        var data = CategoryRow.Load(_ml, CategoryRow.Draw(), CategoryRow.Counts);
        var options = s_variants[variant](Trainer.QuickFor(task));

        var fitted = Trainer.Fit(task, _ml, options, data);

        var byHand = Trainer.Fit(task, _ml, options with { FeatureColumnName = "Encoded" }, data);
        fitted.Weights.Should().Equal(byHand.Weights);
        fitted.Model.Network.Layers.Should().Equal([new OneHotLayer(RowLayout.Of(CategoryRow.Counts)), .. byHand.Model.Network.Layers]);
        fitted.History.Epochs.Select(epoch => epoch.ValidationLoss).Should().Equal(byHand.History.Epochs.Select(epoch => epoch.ValidationLoss));
        RowTexts.Of(fitted.Transformer.Transform(data)).Should().Equal(RowTexts.Of(byHand.Transformer.Transform(data)));
    }

    [TestMethod]
    public void Fit_NoAnnotationOrNumbersAlone_IsAsBefore()
    {
        var rows = CategoryRow.Draw();

        foreach (int[]? counts in new int[]?[] { null, [0, 0, 0, 0] })
        {
            var fitted = Fit(CategoryRow.Load(_ml, rows, counts));
            fitted.Model.Network.Layers[0].Should().BeOfType<LinearLayer>().Which.Inputs.Should().Be(4);
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Fit_NoiseAndMixing_StillLearns(bool cuts)
    {
        var data = CategoryRow.Load(_ml, CategoryRow.Draw(200), CategoryRow.Counts);
        RowMixingOptions mixing = cuts ? new CutMixOptions { Alpha = 0.1f } : new MixupOptions { Alpha = 0.1f };

        var fitted = Trainer.Fit(LearningTask.Regression, _ml, s_long with { InputNoise = 0.05f, RowMixing = mixing }, data);

        _ml.Regression.Evaluate(fitted.Transformer.Transform(data), "Value").RSquared.Should().BeGreaterThan(0.9);
    }

    [TestMethod]
    public void TrainOn_RowsReadOnce_KeepsTheLayout()
    {
        var trainer = _ml.Regression.Trainers.DeepMlp(Trainer.QuickFor(LearningTask.Regression));
        var run = new TrainingRun(new ManagedEngine { Threads = 1 }, _ => { }, () => false);
        var data = CategoryRow.Load(_ml, CategoryRow.Draw(), CategoryRow.Counts);

        var rows = trainer.Read(data, null, run.IsCanceled);
        var models = new[] { 1, 5 }.Select(seed => trainer.TrainOn(rows, trainer.Split(rows, seed), seed, run).Model).ToArray();

        models.Should().OnlyContain(model => model.Network.Layers[0] is OneHotLayer);
        models[1].CopyWeights().Values.Should().Equal(Fit(data).Weights);
    }

    [TestMethod]
    public void Score_OneRow_IsThatOfTheBatchAndOfThePredictionEngine()
    {
        var rows = CategoryRow.Draw();
        var fitted = Fit(CategoryRow.Load(_ml, rows, CategoryRow.Counts));
        float[] scores = [.. fitted.Transformer.Transform(CategoryRow.Load(_ml, rows, null)).GetColumn<float>("Score")];
        var engine = _ml.Model.CreatePredictionEngine<CategoryRow, Scored>(fitted.Transformer);
        float[] score = new float[1];

        foreach (var (row, expected) in rows.Zip(scores))
        {
            fitted.Model.Score(row.Features, score);
            score[0].Should().Be(expected);
            engine.Predict(row).Score.Should().Be(expected);
        }
    }

    [TestMethod]
    public void SaveAndLoad_CategorySlots_ScoresTheSame()
    {
        var data = CategoryRow.Load(_ml, CategoryRow.Draw(), CategoryRow.Counts);
        var fitted = Fit(data);

        var loaded = (DeepMlpTransformer<DeepMlpRegressionModelParameters>)SavedModels.ThroughStream(fitted.Transformer, data.Schema);

        loaded.Model.Network.Layers.Should().Equal(fitted.Model.Network.Layers);
        RowTexts.Of(loaded.Transform(data)).Should().Equal(RowTexts.Of(fitted.Transformer.Transform(data)));
    }

    [TestMethod]
    public void CrossValidate_CategorySlots_MeasuresEachFold()
    {
        var data = CategoryRow.Load(_ml, CategoryRow.Draw(200), CategoryRow.Counts);

        var results = _ml.Regression.CrossValidate(data, _ml.Regression.Trainers.DeepMlp(s_long), numberOfFolds: 3, labelColumnName: "Value");

        results.Should().HaveCount(3).And.OnlyContain(fold => fold.Metrics.RSquared > 0.8);
    }

    [TestMethod]
    public void PermutationFeatureImportance_CategorySlot_RanksTheOneThatDecidesFirst()
    {
        var data = CategoryRow.Load(_ml, CategoryRow.Draw(200), CategoryRow.Counts, names: true);
        ITransformer fitted = _ml.Regression.Trainers.DeepMlp(s_long).Fit(data);

        var importance = _ml.Regression.PermutationFeatureImportance(fitted, fitted.Transform(data), labelColumnName: "Value");

        importance.MinBy(feature => feature.Value.RSquared.Mean).Key.Should().Be("Color");
    }

    private Fitted Fit(IDataView data) => Trainer.Fit(LearningTask.Regression, _ml, Trainer.QuickFor(LearningTask.Regression), data);

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
