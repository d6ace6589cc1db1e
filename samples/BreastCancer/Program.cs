// Is a breast tumour malignant? Binary classification on the Wisconsin diagnostic data set, from the file to a saved model.
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Progress;
using MLExtensions.Samples;
using MLExtensions.Trainers;

Report.Heading("Breast cancer: 569 tumours, 30 measurements each, malignant or benign");
var ml = new MLContext(seed: 1);

// 1. Load, and keep a fifth of the rows for the final test.
var data = ml.Data.LoadFromTextFile<Tumour>(Path.Combine(AppContext.BaseDirectory, "breast-cancer-wdbc.csv"), separatorChar: ',', hasHeader: true);
var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);

// 2. Describe the pipeline. The scaler is fitted on training rows only; the label is text, of which M, malignant, is positive.
var options = new DeepMlpOptions
{
    LabelColumnName = "Diagnosis",
    PositiveLabel = "M",
    HiddenLayers = [64, 32],
    DropoutRate = 0.2f,
    EarlyStopping = new EarlyStoppingOptions { Patience = 20, ValidationFraction = 0.2f },
    Progress = new ConsoleProgress(),
    StopOnCtrlC = true,
};
var pipeline = ml.Transforms.ScaleStandard("Features")
    .Append(ml.BinaryClassification.Trainers.DeepMlp(options));

// 3. Cross-validate with ML.NET's own call: each fold fits its scaler and its network on its own training rows.
Report.Heading("5-fold cross-validation");
var folds = ml.BinaryClassification.CrossValidate(data, pipeline, numberOfFolds: 5, labelColumnName: "Diagnosis");
Report.Folds(["accuracy", "AUC", "log-loss (bits)"],
    [.. folds.Select(fold => new[] { fold.Metrics.Accuracy, fold.Metrics.AreaUnderRocCurve, fold.Metrics.LogLoss })]);

// 4. Train on the training part, and look at the epochs.
Report.Heading("Training");
var model = pipeline.Fit(split.TrainSet);
Report.Text($"{model.TrainingHistory()}");

// 5. Measure on rows that no step has seen.
Report.Heading("Test rows");
var metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet), labelColumnName: "Diagnosis");
Report.Line($"accuracy {metrics.Accuracy:F4}   AUC {metrics.AreaUnderRocCurve:F4}   F1 {metrics.F1Score:F4}");
Report.Line($"of the malignant tumours {metrics.PositiveRecall:P1} are found; of those called malignant {metrics.PositivePrecision:P1} are");

// 6. Save, load as any application would, and predict one example.
Report.Heading("Saved and loaded");
string path = Path.Combine(Path.GetTempPath(), "breast-cancer.zip");
ml.Model.SaveSafely(model, data.Schema, path);
var loaded = new MLContext().Model.Load(path, out _);
var engine = ml.Model.CreatePredictionEngine<Tumour, Prediction>(loaded);
var tumour = ml.Data.CreateEnumerable<Tumour>(split.TestSet, reuseRowObject: false).First();
var prediction = engine.Predict(tumour);
Report.Line($"{path}: {new FileInfo(path).Length / 1024} KiB");
Report.Line($"the first test row is {(tumour.Diagnosis == "M" ? "malignant" : "benign")}, predicted {(prediction.PredictedLabel == "M" ? "malignant" : "benign")} (probability of malignant {prediction.Probability:F4})");

internal sealed class Tumour
{
    [LoadColumn(1)]
    public string Diagnosis { get; set; } = "";

    [LoadColumn(2, 31), VectorType(30)]
    public float[] Features { get; set; } = [];
}

internal sealed class Prediction
{
    public string PredictedLabel { get; set; } = "";

    public float Probability { get; set; }
}
