// Prints one prediction of a model, what it was made without, and where the code is from: Load MODEL.
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext();
var model = ml.Model.Load(args[0], out _);
var prediction = ml.Model.CreatePredictionEngine<Row, Prediction>(model).Predict(new Row { Features = [0.1f, 0.2f, 0.3f] });
Console.WriteLine(prediction.Score.ToString(CultureInfo.InvariantCulture));
Console.WriteLine(File.Exists(Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll")) ? "with TorchSharp" : "without TorchSharp");
foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name == "MLExtensions.Networks"))
    Console.WriteLine(Path.GetRelativePath(AppContext.BaseDirectory, assembly.Location));

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
