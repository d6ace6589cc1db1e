// What is a Californian district's median house value? Regression with no options but the columns.
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Progress;
using MLExtensions.Samples;
using MLExtensions.Trainers;

Report.Heading("California housing: 20,640 districts, 8 figures each, median house value");
var ml = new MLContext(seed: 1);

// 1. Load, and keep a fifth of the rows for the final test.
var data = ml.Data.LoadFromTextFile<District>(Path.Combine(AppContext.BaseDirectory, "california-housing.csv"), separatorChar: ',', hasHeader: true);
var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);

// 2. Describe the pipeline. The label is standardized inside the trainer; the score is in units of the label.
var pipeline = ml.Transforms.ScaleStandard("Features")
    .Append(ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { LabelColumnName = "MedianHouseValue", Progress = new ConsoleProgress(), StopOnCtrlC = true }));

// 3. Train on the training part, and look at the epochs.
Report.Heading("Training");
var model = pipeline.Fit(split.TrainSet);
Report.Text($"{model.TrainingHistory()}");

// 4. Measure on rows that no step has seen, beside the mean of the training rows as the simplest prediction.
Report.Heading("Test rows");
var metrics = ml.Regression.Evaluate(model.Transform(split.TestSet), labelColumnName: "MedianHouseValue");
double mean = split.TrainSet.GetColumn<float>("MedianHouseValue").Average();
double baseline = Math.Sqrt(split.TestSet.GetColumn<float>("MedianHouseValue").Average(value => (value - mean) * (value - mean)));
Report.Line($"RMSE {metrics.RootMeanSquaredError:F4}   MAE {metrics.MeanAbsoluteError:F4}   R² {metrics.RSquared:F4}   (RMSE of the mean {baseline:F4}; unit 100,000 USD)");

// 5. Cross-validate with ML.NET's own call.
Report.Heading("3-fold cross-validation");
var folds = ml.Regression.CrossValidate(data, pipeline, numberOfFolds: 3, labelColumnName: "MedianHouseValue");
Report.Folds(["RMSE", "MAE", "R²"],
    [.. folds.Select(fold => new[] { fold.Metrics.RootMeanSquaredError, fold.Metrics.MeanAbsoluteError, fold.Metrics.RSquared })]);

// 6. Save, load as any application would, and predict one example.
Report.Heading("Saved and loaded");
string path = Path.Combine(Path.GetTempPath(), "california-housing.zip");
ml.Model.SaveSafely(model, data.Schema, path);
var loaded = new MLContext().Model.Load(path, out _);
var engine = ml.Model.CreatePredictionEngine<District, Prediction>(loaded);
var district = ml.Data.CreateEnumerable<District>(split.TestSet, reuseRowObject: false).First();
Report.Line($"{path}: {new FileInfo(path).Length / 1024} KiB");
Report.Line($"the first test district is worth {district.MedianHouseValue:F3}, predicted {engine.Predict(district).Score:F3}");

internal sealed class District
{
    // MedInc, HouseAge, AveRooms, AveBedrms, Population, AveOccup, Latitude, Longitude
    [LoadColumn(0, 7), VectorType(8)]
    public float[] Features { get; set; } = [];

    [LoadColumn(8)]
    public float MedianHouseValue { get; set; }
}

internal sealed class Prediction
{
    public float Score { get; set; }
}
