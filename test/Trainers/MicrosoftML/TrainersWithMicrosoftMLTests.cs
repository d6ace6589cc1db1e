using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.MicrosoftML;

/// <summary>The deep MLP trainers beside and under what the whole of ML.NET offers.</summary>
[TestClass]
public sealed class TrainersWithMicrosoftMLTests
{
    private static readonly DeepMlpOptions s_options = new()
    {
        HiddenLayers = [16],
        BatchSize = 16,
        NumberOfEpochs = 30,
        Optimizer = new AdamOptions { LearningRate = 0.01f },
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void PermutationFeatureImportance_Binary_RanksTheFeatureThatDecidesFirst()
    {
        var data = Mixed.Load(_ml);
        var model = _ml.BinaryClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Truth" }).Fit(data);

        var importance = _ml.BinaryClassification.PermutationFeatureImportance(model, model.Transform(data), labelColumnName: "Truth");

        FirstOf(importance.Select(feature => feature.AreaUnderRocCurve.Mean)).Should().Be(1);
    }

    [TestMethod]
    public void PermutationFeatureImportance_Multiclass_RanksTheFeatureThatDecidesFirst()
    {
        var data = Mixed.Load(_ml);
        var model = _ml.MulticlassClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Class" }).Fit(data);

        var importance = _ml.MulticlassClassification.PermutationFeatureImportance(model, model.Transform(data), labelColumnName: "Class");

        FirstOf(importance.Select(feature => feature.MicroAccuracy.Mean)).Should().Be(1);
    }

    [TestMethod]
    public void PermutationFeatureImportance_RegressionInAPipeline_RanksTheFeatureThatDecidesFirst()
    {
        var data = Mixed.Load(_ml);
        var model = _ml.Transforms.ScaleStandard("Features").Append(_ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value" })).Fit(data);

        var importance = _ml.Regression.PermutationFeatureImportance(model.LastTransformer, model.Transform(data), labelColumnName: "Value");

        FirstOf(importance.Select(feature => feature.RSquared.Mean)).Should().Be(1);
    }

    [TestMethod]
    public void Platt_OverTheScore_GivesProbabilitiesNearTheModelsOwn()
    {
        var data = Mixed.Load(_ml);
        var scored = _ml.BinaryClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Truth" }).Fit(data).Transform(data);

        var calibrated = _ml.BinaryClassification.Calibrators.Platt(labelColumnName: "Truth").Fit(scored).Transform(scored);

        var metrics = _ml.BinaryClassification.Evaluate(calibrated, labelColumnName: "Truth");
        metrics.Accuracy.Should().BeGreaterThan(0.95);
        metrics.LogLoss.Should().BeLessThan(0.3);
    }

    [TestMethod]
    public void Isotonic_OverTheScore_GivesProbabilities()
    {
        var data = Mixed.Load(_ml);
        var scored = _ml.BinaryClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Truth" }).Fit(data).Transform(data);

        var calibrated = _ml.BinaryClassification.Calibrators.Isotonic(labelColumnName: "Truth").Fit(scored).Transform(scored);

        calibrated.GetColumn<float>("Probability").Should().OnlyContain(probability => probability >= 0 && probability <= 1);
        calibrated.Schema["Probability"].Annotations.Schema.GetColumnOrNull("ScoreColumnSetId").Should().NotBeNull();
    }

    [TestMethod]
    public void BinaryFile_OfTrainingData_TrainsToTheSameBits()
    {
        using var folder = new TestFolder();
        var data = Mixed.Load(_ml);
        using (var stream = File.Create(folder.File("training.idv")))
            _ml.Data.SaveAsBinary(data, stream);
        var trainer = _ml.MulticlassClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Class", NumberOfEpochs = 3 });

        var fromFile = trainer.Fit(_ml.Data.LoadFromBinary(folder.File("training.idv")));

        fromFile.Model.CopyWeights().Values.Should().Equal(trainer.Fit(data).Model.CopyWeights().Values);
        fromFile.Model.ClassNames.Should().Equal("high", "low", "middle");
    }

    [TestMethod]
    public void BinaryFile_OfScoredData_ReadsBackToTheSameBitsAndAnnotations()
    {
        using var folder = new TestFolder();
        var data = Mixed.Load(_ml);
        var scored = _ml.MulticlassClassification.Trainers.DeepMlp(s_options with { LabelColumnName = "Class", NumberOfEpochs = 3 }).Fit(data).Transform(data);

        using (var stream = File.Create(folder.File("scored.idv")))
            _ml.Data.SaveAsBinary(scored, stream);
        var loaded = _ml.Data.LoadFromBinary(folder.File("scored.idv"));

        RowTexts.Of(loaded, "Score", "PredictedLabel").Should().Equal(RowTexts.Of(scored, "Score", "PredictedLabel"));
        SchemaTexts.Of(loaded.Schema)[^2..].Should().Equal(SchemaTexts.Of(scored.Schema)[^2..]);
        _ml.MulticlassClassification.Evaluate(loaded, labelColumnName: "Class").MicroAccuracy
            .Should().Be(_ml.MulticlassClassification.Evaluate(scored, labelColumnName: "Class").MicroAccuracy);
    }

    [TestMethod]
    public void PoolOfPredictionEngines_ModelFromAFile_GivesTheSameOnManyThreads()
    {
        using var folder = new TestFolder();
        var data = Mixed.Load(_ml);
        var model = _ml.Transforms.ScaleStandard("Features").Append(_ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", NumberOfEpochs = 3 })).Fit(data);
        _ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        float[] expected = [.. model.Transform(data).GetColumn<float>("Score")];
        float[][] features = [.. data.GetColumn<float[]>("Features")];

        var pool = new EnginePool<OnlyFeatures, OnlyScore>(folder.File("model.zip"));

        Parallel.For(0, features.Length, i => pool.Predict(new() { Features = features[i] }).Score.Should().Be(expected[i]));
    }

    [TestMethod]
    public void AppendCacheCheckpoint_BeforeTheTrainer_ChangesNothing()
    {
        var data = Mixed.Load(_ml);
        var trainer = _ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", NumberOfEpochs = 3 });

        var cached = _ml.Transforms.ScaleStandard("Features").AppendCacheCheckpoint(_ml).Append(trainer).Fit(data);
        var plain = _ml.Transforms.ScaleStandard("Features").Append(trainer).Fit(data);

        cached.LastTransformer.Model.CopyWeights().Values.Should().Equal(plain.LastTransformer.Model.CopyWeights().Values);
    }

    [TestMethod]
    public void Fit_BesideMaximumEntropyOnIris_IsAboutAsAccurate()
    {
        var data = _ml.Data.LoadFromTextFile<Iris>(Path.Combine(AppContext.BaseDirectory, "Data", "iris.csv"), separatorChar: ',', hasHeader: true);
        var prepared = _ml.Transforms.ScaleStandard("Features").Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species"));

        double AccuracyOf(IEstimator<ITransformer> trainer) =>
            _ml.MulticlassClassification.CrossValidate(data, prepared.Append(trainer), numberOfFolds: 5).Average(fold => fold.Metrics.MicroAccuracy);

        double maximumEntropy = AccuracyOf(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        double deepMlp = AccuracyOf(_ml.MulticlassClassification.Trainers.DeepMlp());

        maximumEntropy.Should().BeGreaterThan(0.9);
        deepMlp.Should().BeGreaterThan(maximumEntropy - 0.03);
    }

    [TestMethod]
    public void GetOutputSchema_ScoreOfABuiltInTrainerInTheInput_GetsTheNextSetId()
    {
        var data = Mixed.Load(_ml);
        var model = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression(labelColumnName: "Truth")
            .Append(_ml.Transforms.CopyColumns("FirstScore", "Score"))
            .Append(_ml.Regression.Trainers.DeepMlp(s_options with { LabelColumnName = "Value", NumberOfEpochs = 1 }))
            .Fit(data);

        var schema = model.GetOutputSchema(data.Schema);

        SetIdOf(schema["Score"]).Should().Be(SetIdOf(schema["FirstScore"]) + 1);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void CancelExecution_InTraining_EndsIt(bool keepBest)
    {
        var progress = new CancelAfter(3, () =>
            typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(_ml, null));
        var trainer = _ml.Regression.Trainers.DeepMlp(s_options with
        {
            LabelColumnName = "Value",
            NumberOfEpochs = 5_000,
            KeepBestWhenCanceled = keepBest,
            Progress = progress,
        });
        DeepMlpTransformer<DeepMlpRegressionModelParameters>? model = null;

        Action fit = () => model = trainer.Fit(Mixed.Load(_ml));

        if (keepBest)
        {
            fit.Should().NotThrow();
            model!.History.StopReason.Should().Be(StopReason.Canceled);
            model.History.Epochs.Should().HaveCount(3);
        }
        else
        {
            fit.Should().Throw<OperationCanceledException>();
        }
    }

    /// <summary>The slot whose permutation costs most.</summary>
    private static int FirstOf(IEnumerable<double> changes) => changes.Index().MinBy(change => change.Item).Index;

    private static uint SetIdOf(DataViewSchema.Column column)
    {
        uint id = 0;
        column.Annotations.GetValue("ScoreColumnSetId", ref id);
        return id;
    }

    private sealed class OnlyFeatures
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    private sealed class OnlyScore
    {
        public float Score { get; set; }
    }

    private sealed class CancelAfter(int epochs, Action cancel) : IProgress<EpochReport>
    {
        public void Report(EpochReport value)
        {
            if (value.Epoch == epochs)
                cancel();
        }
    }

    private sealed class Iris
    {
        [LoadColumn(0, 3), VectorType(4)]
        public float[] Features { get; set; } = [];

        [LoadColumn(4)]
        public string Species { get; set; } = "";
    }
}
