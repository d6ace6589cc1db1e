using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Progress;
using MLExtensions.Trainers;
using MLExtensions.Transforms;

var ml = new MLContext(seed: 1);
var train = ml.Data.LoadFromTextFile<Person>("adult-train.csv", separatorChar: ',', hasHeader: true);
var test = ml.Data.LoadFromTextFile<Person>("adult-test.csv", separatorChar: ',', hasHeader: true);

var table = new TableEncodingOptions { Except = ["Income"] };                  // all columns but the label, as they are
var pipeline = ml.Transforms.EncodeTable("Features", table)                    // fitted on training rows only
    .Append(ml.BinaryClassification.Trainers.DeepMlp(new DeepMlpOptions
    {
        LabelColumnName = "Income",                                            // "<=50K" or ">50K", taken as it is
        Progress = new ConsoleProgress(),
        StopOnCtrlC = true,                                                    // the first Ctrl+C keeps the best so far
    }));

var folds = ml.BinaryClassification.CrossValidate(train, pipeline, numberOfFolds: 3, labelColumnName: "Income");
Console.WriteLine($"accuracy in 3-fold cross-validation: {folds.Average(fold => fold.Metrics.Accuracy):F3}");

var model = pipeline.Fit(train);
var network = ml.BinaryClassification.Evaluate(model.Transform(test), labelColumnName: "Income");
Console.WriteLine($"accuracy on the test file: {network.Accuracy:F3}, area under the ROC curve {network.AreaUnderRocCurve:F3}");

var trees = ml.Transforms.EncodeTable("Features", table with { CategoryEncoding = CategoryEncoding.OneHot })
    .Append(ml.Transforms.Expression("Label", """income => ">50K" == income""", "Income"))
    .Append(ml.BinaryClassification.Trainers.LightGbm()).Fit(train);
var boosted = ml.BinaryClassification.Evaluate(trees.Transform(test));
Console.WriteLine($"ML.NET's LightGbm on the same rows: {boosted.Accuracy:F3}, {boosted.AreaUnderRocCurve:F3}");

var explained = model.Append(ml.Transforms.CalculateFeatureContribution(model.LastTransformer).Fit(model.Transform(train)));
ml.Model.SaveSafely(explained, train.Schema, "adult.zip");                     // with the reasons for each score
var loaded = new MLContext().Model.Load("adult.zip", out _);                   // in any process that references the packages
var engine = ml.Model.CreatePredictionEngine<Person, Prediction>(loaded);
var person = new Person { Age = 45, Education = "Doctorate", MaritalStatus = "Married-civ-spouse", Occupation = "?", HoursPerWeek = 50 };
var prediction = engine.Predict(person);
Console.WriteLine($"{prediction.PredictedLabel}, probability of {model.LastTransformer.Model.PositiveLabel} {prediction.Probability:F3}");
VBuffer<ReadOnlyMemory<char>> features = default;
engine.OutputSchema["FeatureContributions"].GetSlotNames(ref features);
var reasons = features.DenseValues().Zip(prediction.FeatureContributions).OrderByDescending(reason => Math.Abs(reason.Second)).Take(3);
Console.WriteLine($"because of {string.Join(", ", reasons.Select(reason => $"{reason.First} {reason.Second:+0.0;-0.0}"))}");

internal sealed class Person
{
    [LoadColumn(0)] public float Age { get; set; } = float.NaN;
    [LoadColumn(1)] public string Workclass { get; set; } = "";
    [LoadColumn(3)] public string Education { get; set; } = "";
    [LoadColumn(5)] public string MaritalStatus { get; set; } = "";
    [LoadColumn(6)] public string Occupation { get; set; } = "";
    [LoadColumn(7)] public string Relationship { get; set; } = "";
    [LoadColumn(8)] public string Race { get; set; } = "";
    [LoadColumn(9)] public string Sex { get; set; } = "";
    [LoadColumn(10)] public float CapitalGain { get; set; } = float.NaN;
    [LoadColumn(11)] public float CapitalLoss { get; set; } = float.NaN;
    [LoadColumn(12)] public float HoursPerWeek { get; set; } = float.NaN;
    [LoadColumn(13)] public string NativeCountry { get; set; } = "";
    [LoadColumn(14)] public string Income { get; set; } = "";
}

internal sealed class Prediction
{
    public string PredictedLabel { get; set; } = "";
    public float Probability { get; set; }
    public float[] FeatureContributions { get; set; } = [];
}
