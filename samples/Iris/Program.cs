// Which iris is it? Multiclass classification: text labels in, text labels out.
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Progress;
using MLExtensions.Samples;
using MLExtensions.Trainers;

Report.Heading("Iris: 150 flowers, 4 measurements each, 3 species");
var ml = new MLContext(seed: 1);

// 1. Load, and keep a fifth of the rows for the final test.
var data = ml.Data.LoadFromTextFile<Iris>(Path.Combine(AppContext.BaseDirectory, "iris.csv"), separatorChar: ',', hasHeader: true);
var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);

// 2. Describe the pipeline: one feature vector, scaled, and a trainer that takes the label as it is.
// The console shows each training as it goes on.
var pipeline = ml.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth")
    .Append(ml.Transforms.ScaleStandard("Features"))
    .Append(ml.MulticlassClassification.Trainers.DeepMlp(new DeepMlpOptions
    {
        LabelColumnName = "Species",
        HiddenLayers = [64, 32],
        Normalization = Normalization.Batch,
        Progress = new ConsoleProgress(),
        StopOnCtrlC = true,
    }));

// 3. Cross-validate with ML.NET's own call.
Report.Heading("5-fold cross-validation");
var folds = ml.MulticlassClassification.CrossValidate(data, pipeline, numberOfFolds: 5, labelColumnName: "Species");
Report.Folds(["accuracy", "macro accuracy", "log-loss"],
    [.. folds.Select(fold => new[] { fold.Metrics.MicroAccuracy, fold.Metrics.MacroAccuracy, fold.Metrics.LogLoss })]);

// 4. Train on the training part, and look at the epochs.
Report.Heading("Training");
var model = pipeline.Fit(split.TrainSet);
Report.Text($"{model.TrainingHistory()}");

// 5. Measure on rows that no step has seen.
Report.Heading("Test rows");
var metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet), labelColumnName: "Species");
Report.Line($"accuracy {metrics.MicroAccuracy:F4}   log-loss {metrics.LogLoss:F4}");
Report.Text(metrics.ConfusionMatrix.GetFormattedConfusionTable());

// 6. Save, load as any application would, and predict one example.
Report.Heading("Saved and loaded");
string path = Path.Combine(Path.GetTempPath(), "iris.zip");
ml.Model.SaveSafely(model, data.Schema, path);
var loaded = new MLContext().Model.Load(path, out _);
var engine = ml.Model.CreatePredictionEngine<Iris, Prediction>(loaded);
var prediction = engine.Predict(new Iris { SepalLength = 6.3f, SepalWidth = 2.9f, PetalLength = 5.6f, PetalWidth = 1.8f });
Report.Line($"{path}: {new FileInfo(path).Length / 1024} KiB");
Report.Line($"sepals 6.3 x 2.9 cm, petals 5.6 x 1.8 cm: {prediction.PredictedLabel} (probability {prediction.Score.Max():F4})");

internal sealed class Iris
{
    [LoadColumn(0)]
    public float SepalLength { get; set; }

    [LoadColumn(1)]
    public float SepalWidth { get; set; }

    [LoadColumn(2)]
    public float PetalLength { get; set; }

    [LoadColumn(3)]
    public float PetalWidth { get; set; }

    [LoadColumn(4)]
    public string Species { get; set; } = "";
}

internal sealed class Prediction
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}
