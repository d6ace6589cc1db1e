// An optimizer of one's own (SignDescent.cs) beside Adam and L-BFGS, in 5-fold cross-validation on the iris data.
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Samples;
using MLExtensions.Networks;
using MLExtensions.Trainers;

Report.Heading("Iris with several optimizers: mean accuracy of 5 folds");
var ml = new MLContext(seed: 1);
var data = ml.Data.LoadFromTextFile<Iris>(Path.Combine(AppContext.BaseDirectory, "iris.csv"), separatorChar: ',', hasHeader: true);

Compare("Adam", new AdamOptions());
Compare("L-BFGS", new LbfgsOptions { MaximumIterations = 3 });
Compare("sign descent", new CustomOptimizerOptions(layout => new SignDescent(layout)) { LearningRate = 1e-3f });

void Compare(string name, OptimizerOptions optimizer)
{
    var pipeline = ml.Transforms.ScaleStandard("Features")
        .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Species"))
        .Append(ml.MulticlassClassification.Trainers.DeepMlp(new DeepMlpOptions
        {
            HiddenLayers = [32, 16],
            DropoutRate = 0,
            L2Regularization = 1e-3f,
            Optimizer = optimizer,
        }));
    var folds = ml.MulticlassClassification.CrossValidate(data, pipeline, numberOfFolds: 5);
    Report.Line($"{name}: accuracy {folds.Average(fold => fold.Metrics.MicroAccuracy):F3}");
}

internal sealed class Iris
{
    [LoadColumn(0, 3), VectorType(4)]
    public float[] Features { get; set; } = [];

    [LoadColumn(4)]
    public string Species { get; set; } = "";
}
