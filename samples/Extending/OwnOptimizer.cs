using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Samples;

/// <summary>An optimizer of one's own beside Adam and L-BFGS, in 5-fold cross-validation on the iris data.</summary>
internal static class OwnOptimizer
{
    public static void Run()
    {
        Report.Heading("Iris with several optimizers: mean accuracy of 5 folds");
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromTextFile<Flower>(Path.Combine(AppContext.BaseDirectory, "iris.csv"), separatorChar: ',', hasHeader: true);

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
    }
}

internal sealed class SignDescent(ParameterLayout layout) : IOptimizer
{
    private readonly float[] _momentum = new float[layout.TrainedLength];

    public void Update(ParameterTensor tensor, Span<float> weights, ReadOnlySpan<float> gradients, float learningRate, int step)
    {
        var momentum = _momentum.AsSpan(tensor.Offset, tensor.Length);
        for (int i = 0; i < weights.Length; i++)
        {
            momentum[i] = 0.9f * momentum[i] + 0.1f * gradients[i];
            weights[i] -= learningRate * MathF.Sign(momentum[i]);
        }
    }

    // Whatever is kept from step to step has a name, so that a training can be taken up again.
    public void Exchange(StateExchange state) => state.Values("momentum", _momentum);
}
