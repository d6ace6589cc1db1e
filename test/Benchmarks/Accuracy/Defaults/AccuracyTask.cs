using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Trainers;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>A data set, how it is split, and the metric that one seed gives.</summary>
internal sealed record AccuracyTask(string Data, string Protocol, string Metric, Func<MLContext, DeepMlpOptions, double> Measure)
{
    public static IReadOnlyList<AccuracyTask> All { get; } =
    [
        new("breast cancer", "5-fold cross-validation", "accuracy", BreastCancer),
        new("iris", "5-fold cross-validation", "accuracy", Iris),
        new("letter recognition", "rows 1-16,000 train, the rest test", "accuracy", Letters),
        new("California housing", "20 % test rows", "RMSE", CaliforniaHousing),
    ];

    private static double BreastCancer(MLContext ml, DeepMlpOptions options)
    {
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Diagnosis")
            .Append(ml.Transforms.ScaleStandard("Features"))
            .Append(ml.BinaryClassification.Trainers.DeepMlp(options));

        var data = Load(ml, "breast-cancer-wdbc.csv", Features(2, 31), new("Diagnosis", DataKind.String, 1));
        return ml.BinaryClassification.CrossValidate(data, pipeline, numberOfFolds: 5).Average(fold => fold.Metrics.Accuracy);
    }

    private static double Iris(MLContext ml, DeepMlpOptions options)
    {
        var data = Load(ml, "iris.csv", Features(0, 3), new("Class", DataKind.String, 4));
        return ml.MulticlassClassification.CrossValidate(data, Classifier(ml, options), numberOfFolds: 5).Average(fold => fold.Metrics.MicroAccuracy);
    }

    private static double Letters(MLContext ml, DeepMlpOptions options)
    {
        var data = Load(ml, "letter-recognition.csv", Features(1, 16), new("Class", DataKind.String, 0));
        var model = Classifier(ml, options).Fit(ml.Data.TakeRows(data, 16_000));
        return ml.MulticlassClassification.Evaluate(model.Transform(ml.Data.SkipRows(data, 16_000))).MicroAccuracy;
    }

    private static double CaliforniaHousing(MLContext ml, DeepMlpOptions options)
    {
        var data = Load(ml, "california-housing.csv", Features(0, 7), new("Label", DataKind.Single, 8));
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);
        var model = ml.Transforms.ScaleStandard("Features").Append(ml.Regression.Trainers.DeepMlp(options)).Fit(split.TrainSet);
        return ml.Regression.Evaluate(model.Transform(split.TestSet)).RootMeanSquaredError;
    }

    private static IEstimator<ITransformer> Classifier(MLContext ml, DeepMlpOptions options) =>
        ml.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(ml.Transforms.ScaleStandard("Features"))
            .Append(ml.MulticlassClassification.Trainers.DeepMlp(options));

    private static TextLoader.Column Features(int first, int last) => new("Features", DataKind.Single, first, last);

    private static IDataView Load(MLContext ml, string file, params TextLoader.Column[] columns) =>
        ml.Data.LoadFromTextFile(Path.Combine(AppContext.BaseDirectory, "Data", file), columns, separatorChar: ',', hasHeader: true);
}
