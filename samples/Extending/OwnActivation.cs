using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Samples;

/// <summary>Trains with an activation function of your own: x + sin²(a x) / a, "snake", on the iris data.</summary>
internal static class OwnActivation
{
    public static void Run()
    {
        Report.Heading("Iris with an activation of one's own, snake (Ziyin, Hartwig, Ueda 2020)");
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromTextFile<Flower>(Path.Combine(AppContext.BaseDirectory, "iris.csv"), separatorChar: ',', hasHeader: true);

        // 1. Register the function under a name. The model keeps the name, never the code: a program that loads it registers it too.
        var snake = CustomActivation.Register("samples.snake", new Snake(1));

        // 2. Train with it as with any other.
        var pipeline = ml.Transforms.ScaleStandard("Features")
            .Append(ml.MulticlassClassification.Trainers.DeepMlp(new DeepMlpOptions { LabelColumnName = "Species", HiddenLayers = [32, 16], Activation = snake }));
        var folds = ml.MulticlassClassification.CrossValidate(data, pipeline, numberOfFolds: 5, labelColumnName: "Species");
        Report.Line($"accuracy in 5-fold cross-validation {folds.Average(fold => fold.Metrics.MicroAccuracy):F3}");

        // 3. Save, load and predict. Without the registration above, Load would say what to register.
        string path = Path.Combine(Path.GetTempPath(), "own-activation.zip");
        ml.Model.SaveSafely(pipeline.Fit(data), data.Schema, path);
        var loaded = new MLContext().Model.Load(path, out _);
        var prediction = ml.Model.CreatePredictionEngine<Flower, Prediction>(loaded).Predict(new Flower { Features = [6.3f, 2.9f, 5.6f, 1.8f] });
        Report.Line($"the loaded model predicts {prediction.PredictedLabel}");
    }

    /// <summary>f(x) = x + sin²(a x) / a, f'(x) = 1 + sin(2 a x). A record: equal constants make equal functions.</summary>
    private sealed record Snake(float A) : IActivationFunction
    {
        public void Evaluate(ReadOnlySpan<float> x, Span<float> values)
        {
            for (int i = 0; i < x.Length; i++)
            {
                float sine = MathF.Sin(A * x[i]);
                values[i] = x[i] + sine * sine / A;
            }
        }

        public void Differentiate(ReadOnlySpan<float> x, Span<float> derivatives)
        {
            for (int i = 0; i < x.Length; i++)
                derivatives[i] = 1 + MathF.Sin(2 * A * x[i]);
        }
    }

    private sealed class Prediction
    {
        public string PredictedLabel { get; set; } = "";
    }
}
