using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Trainers;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>Trains one epoch on iris in a fresh process and prints a line as soon as it is done.</summary>
internal static class StartupChild
{
    /// <summary>The file that is trained on.</summary>
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "iris.csv");

    public static void Run()
    {
        var ml = new MLContext(1);
        TextLoader.Column[] columns = [new("Features", DataKind.Single, 0, 3), new("Class", DataKind.String, 4)];
        var data = ml.Data.LoadFromTextFile(File, columns, separatorChar: ',', hasHeader: true);
        ml.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(ml.Transforms.ScaleStandard("Features"))
            .Append(ml.MulticlassClassification.Trainers.DeepMlp(new DeepMlpOptions
            {
                NumberOfEpochs = 1,
                EarlyStopping = null,
                Progress = new ImmediateProgress(_ => Console.WriteLine("trained")),
            }))
            .Fit(data);
    }
}
