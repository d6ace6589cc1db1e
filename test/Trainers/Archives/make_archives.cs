#:project ../../../src/Trainers/MLExtensions.Trainers.csproj
#:project ../../../src/Transforms/MLExtensions.Transforms.csproj
#:property ManagePackageVersionsCentrally=true
#:property PublishAot=false
#:property TreatWarningsAsErrors=false
#:package Microsoft.ML

// Makes the archives of this folder: dotnet run make_archives.cs FOLDER, at the version that the archives are to stand for.
// Those of version 0.1.0 were made at commit 4d725bd, whose options lay in the namespace MLExtensions.Trainers alone.
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Networks.Managed;
using MLExtensions.Trainers;

string folder = args[0];
var ml = new MLContext(seed: 1);
var rows = Enumerable.Range(0, 60).Select(i =>
{
    float[] x = [MathF.Sin(i), MathF.Cos(3 * i), (i % 7) / 7f, 100 + i];
    return new Row { Features = x, Truth = x[0] > 0, Name = x[1] > 0.5f ? "high" : x[1] < -0.5f ? "low" : "middle", Value = 5 + 3 * x[0] - x[2], Truths = [x[0] > 0, x[1] > 0] };
}).ToArray();
var data = ml.Data.LoadFromEnumerable(rows);
var options = new DeepMlpOptions
{
    HiddenLayers = [6, 4], Activations = [Activation.PRelu, Activation.Maxout], Normalization = Normalization.Batch,
    DropoutRate = 0.1f, NumberOfEpochs = 5, BatchSize = 16, Seed = 3, CalibrateProbabilities = true,
};
Keep("binary", ml.BinaryClassification.Trainers.DeepMlp(options with { LabelColumnName = "Truth" }));
Keep("multiclass", ml.Transforms.Conversion.MapValueToKey("Class", "Name").Append(ml.MulticlassClassification.Trainers.DeepMlp(options with { LabelColumnName = "Class", Normalization = Normalization.Layer })));
Keep("multilabel", ml.MultilabelClassification.Trainers.DeepMlp(options with { LabelColumnName = "Truths" }));
Keep("regression", ml.Regression.Trainers.DeepMlp(options with { LabelColumnName = "Value", CalibrateProbabilities = false, LabelTransform = LabelTransform.Log, Activations = null, Activation = Activation.Gelu }));

void Keep(string name, IEstimator<ITransformer> trainer)
{
    var model = ml.Transforms.ScaleStandard("Features").Append(ml.Transforms.ScaleRobust("Features")).Append(trainer).Fit(data);
    ml.Model.Save(model, data.Schema, Path.Combine(folder, name + ".zip"));
    var scored = model.Transform(data);
    float[][] scores = scored.Schema["Score"].Type is VectorDataViewType
        ? [.. scored.GetColumn<float[]>("Score")]
        : [.. scored.GetColumn<float>("Score").Select(score => new[] { score })];
    File.WriteAllLines(Path.Combine(folder, name + ".csv"), scores.Select((score, i) => string.Join(',',
        rows[i].Features.Concat(score).Select(value => value.ToString(CultureInfo.InvariantCulture)))));
}

internal sealed class Row
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    public bool Truth { get; set; }

    public string Name { get; set; } = "";

    public float Value { get; set; }

    [VectorType(2)]
    public bool[] Truths { get; set; } = [];
}
