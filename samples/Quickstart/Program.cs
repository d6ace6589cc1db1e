using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Trainers;

var ml = new MLContext(seed: 1);
var data = ml.Data.LoadFromTextFile<Iris>("iris.csv", separatorChar: ',', hasHeader: true);

var pipeline = ml.Transforms.ScaleStandard("Features")                    // fitted on training rows only
    .Append(ml.MulticlassClassification.Trainers.DeepMlp(new DeepMlpOptions
    {
        LabelColumnName = "Species",                                          // text, taken as it is
        HiddenLayers = [64, 32],
        Activation = Activation.Relu,
        Normalization = Normalization.Batch,
        DropoutRate = 0.1f,
        Optimizer = new AdamOptions { LearningRate = 1e-3f },
        EarlyStopping = new EarlyStoppingOptions { Patience = 16, ValidationFraction = 0.15f },
    }));

var folds = ml.MulticlassClassification.CrossValidate(data, pipeline, numberOfFolds: 5, labelColumnName: "Species");
Console.WriteLine($"accuracy in 5-fold cross-validation: {folds.Average(fold => fold.Metrics.MicroAccuracy):F3}");

ml.Model.SaveSafely(pipeline.Fit(data), data.Schema, "iris.zip");

var model = new MLContext().Model.Load("iris.zip", out _);                // in any process that references the packages
var engine = ml.Model.CreatePredictionEngine<Iris, Prediction>(model);
var prediction = engine.Predict(new Iris { Features = [6.3f, 2.9f, 5.6f, 1.8f] });
Console.WriteLine($"{prediction.PredictedLabel}, probability {prediction.Score.Max():F3}");

internal sealed class Iris
{
    [LoadColumn(0, 3), VectorType(4)]
    public float[] Features { get; set; } = [];

    [LoadColumn(4)]
    public string Species { get; set; } = "";
}

internal sealed class Prediction
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}
