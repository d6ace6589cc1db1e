// Trains on numbers that it makes, saves the model, and prints one prediction: Train MODEL.
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Trainers;

var ml = new MLContext(seed: 1);
ml.UseTorchSharp(Device.Cpu);

var random = new Random(1);
var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(_ =>
{
    float[] x = [random.NextSingle(), random.NextSingle(), random.NextSingle()];
    return new Row { Features = x, Label = 3 * x[0] - 2 * x[1] };
}).ToArray());
var model = ml.Transforms.ScaleStandard("Features")
    .Append(ml.Regression.Trainers.DeepMlp(new DeepMlpOptions { HiddenLayers = [16], NumberOfEpochs = 60, Optimizer = new AdamOptions { LearningRate = 0.01f } }))
    .Fit(data);
ml.Model.Save(model, data.Schema, args[0]);

Console.WriteLine($"R2 {ml.Regression.Evaluate(model.Transform(data)).RSquared.ToString("F3", CultureInfo.InvariantCulture)}");
Console.WriteLine(model.LastTransformer.History.Engine);
var prediction = ml.Model.CreatePredictionEngine<Row, Prediction>(model).Predict(new Row { Features = [0.1f, 0.2f, 0.3f] });
Console.WriteLine(prediction.Score.ToString(CultureInfo.InvariantCulture));

internal sealed class Row
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }
}

internal sealed class Prediction
{
    public float Score { get; set; }
}
