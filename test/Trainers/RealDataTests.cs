using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Trainers.Tests;

/// <summary>It learns: real data, defaults, and thresholds that a broken network misses.</summary>
[TestClass]
public sealed class RealDataTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings;

    public RealDataTests() => _warnings = Warnings.Of(_ml);

    /// <summary>Nothing about these data and the defaults is suspicious.</summary>
    [TestCleanup]
    public void NothingWasWarnedOf() => _warnings.Where(warning => warning.StartsWith("DeepMlp")).Should().BeEmpty();

    [TestMethod]
    public void Iris_FiveFolds_ReachesAccuracy()
    {
        var pipeline = _ml.Transforms.ScaleStandard("Features")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species"))
            .Append(_ml.MulticlassClassification.Trainers.DeepMlp());

        var folds = _ml.MulticlassClassification.CrossValidate(Load<Iris>("iris.csv"), pipeline, numberOfFolds: 5);

        folds.Average(fold => fold.Metrics.MicroAccuracy).Should().BeGreaterThanOrEqualTo(0.93);
    }

    [TestMethod]
    public void BreastCancer_FiveFolds_ReachesAccuracy()
    {
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", "Diagnosis")
            .Append(_ml.Transforms.ScaleStandard("Features"))
            .Append(_ml.BinaryClassification.Trainers.DeepMlp());

        var folds = _ml.BinaryClassification.CrossValidate(Load<Tumour>("breast-cancer-wdbc.csv"), pipeline, numberOfFolds: 5);

        folds.Average(fold => fold.Metrics.Accuracy).Should().BeGreaterThanOrEqualTo(0.965);
    }

    [TestMethod]
    public void CaliforniaHousing_TestRows_ReachesError()
    {
        var split = _ml.Data.TrainTestSplit(Load<District>("california-housing.csv"), testFraction: 0.2);

        var model = _ml.Transforms.ScaleStandard("Features").Append(_ml.Regression.Trainers.DeepMlp()).Fit(split.TrainSet);

        _ml.Regression.Evaluate(model.Transform(split.TestSet)).RootMeanSquaredError.Should().BeLessThanOrEqualTo(0.53);
    }

    [TestMethod]
    public void LetterRecognition_LastRows_ReachesAccuracy()
    {
        // Defaults, but for the end: later epochs are better still, and most of the time.
        var data = Load<Letter>("letter-recognition.csv");
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", "Name")
            .Append(_ml.Transforms.ScaleStandard("Features"))
            .Append(_ml.MulticlassClassification.Trainers.DeepMlp(new DeepMlpOptions { NumberOfEpochs = 20 }));

        var model = pipeline.Fit(_ml.Data.TakeRows(data, 16_000));

        _ml.MulticlassClassification.Evaluate(model.Transform(_ml.Data.SkipRows(data, 16_000))).MicroAccuracy.Should().BeGreaterThanOrEqualTo(0.95);
    }

    private IDataView Load<T>(string file) =>
        _ml.Data.LoadFromTextFile<T>(Path.Combine(AppContext.BaseDirectory, "Data", file), separatorChar: ',', hasHeader: true);

    private sealed class Iris
    {
        [LoadColumn(0, 3), VectorType(4)]
        public float[] Features { get; set; } = [];

        [LoadColumn(4)]
        public string Species { get; set; } = "";
    }

    private sealed class Tumour
    {
        [LoadColumn(1)]
        public string Diagnosis { get; set; } = "";

        [LoadColumn(2, 31), VectorType(30)]
        public float[] Features { get; set; } = [];
    }

    private sealed class District
    {
        [LoadColumn(0, 7), VectorType(8)]
        public float[] Features { get; set; } = [];

        [LoadColumn(8)]
        public float Label { get; set; }
    }

    private sealed class Letter
    {
        [LoadColumn(0)]
        public string Name { get; set; } = "";

        [LoadColumn(1, 16), VectorType(16)]
        public float[] Features { get; set; } = [];
    }
}
