using Microsoft.ML.Runtime;
using MLExtensions.Pipeline;
using MLExtensions.Trainers;
using MLExtensions.Trainers.Persistence;

[assembly: LoadableComponent(typeof(DeepMlpTransformer<DeepMlpBinaryModelParameters>), typeof(BinaryLoader), DeepMlpFormat.BinaryLoader)]
[assembly: LoadableComponent(typeof(DeepMlpTransformer<DeepMlpMulticlassModelParameters>), typeof(MulticlassLoader), DeepMlpFormat.MulticlassLoader)]
[assembly: LoadableComponent(typeof(DeepMlpTransformer<DeepMlpMultilabelModelParameters>), typeof(MultilabelLoader), DeepMlpFormat.MultilabelLoader)]
[assembly: LoadableComponent(typeof(DeepMlpTransformer<DeepMlpRegressionModelParameters>), typeof(RegressionLoader), DeepMlpFormat.RegressionLoader)]

namespace MLExtensions.Trainers.Persistence;

// ML.NET looks for a static Create that returns exactly the component's type, hence one class for each.
internal static class BinaryLoader
{
    public static DeepMlpTransformer<DeepMlpBinaryModelParameters> Create(IHostEnvironment environment, object context) =>
        DeepMlpFormat.ReadBinary(environment, context);
}

internal static class MulticlassLoader
{
    public static DeepMlpTransformer<DeepMlpMulticlassModelParameters> Create(IHostEnvironment environment, object context) =>
        DeepMlpFormat.ReadMulticlass(environment, context);
}

internal static class MultilabelLoader
{
    public static DeepMlpTransformer<DeepMlpMultilabelModelParameters> Create(IHostEnvironment environment, object context) =>
        DeepMlpFormat.ReadMultilabel(environment, context);
}

internal static class RegressionLoader
{
    public static DeepMlpTransformer<DeepMlpRegressionModelParameters> Create(IHostEnvironment environment, object context) =>
        DeepMlpFormat.ReadRegression(environment, context);
}
