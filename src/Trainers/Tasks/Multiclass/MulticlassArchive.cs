[assembly: LoadableComponent(typeof(DeepMlpTransformer<DeepMlpMulticlassModelParameters>), typeof(MulticlassArchive), MulticlassArchive.Loader)]

namespace MLExtensions.Trainers.Tasks.Multiclass;

/// <summary>The part of the task in an archive (class names and temperature), and the loader that ML.NET calls.</summary>
internal static class MulticlassArchive
{
    public const string Loader = "MLExtDeepMlpMulticlass";

    public static void Write(ComponentWriter writer, DeepMlpMulticlassModelParameters model, string featureColumn, TrainingHistory history) =>
        DeepMlpFormat.Write(writer, Loader, model, new Description(featureColumn, model.Network, model.Labels, history, model.Temperature));

    public static DeepMlpTransformer<DeepMlpMulticlassModelParameters> Create(IHostEnvironment environment, object context) =>
        DeepMlpFormat.Read(environment, context, Loader, (Description description, NetworkWeights weights, TensorSet _) =>
        {
            description.Labels?.Check(description.Network.Outputs);
            return new DeepMlpMulticlassModelParameters(description.Network, weights, description.Labels, DeepMlpFormat.RequireTemperature(description.Temperature));
        });

    private sealed record Description(string FeatureColumn, NetworkDescription Network, LabelValues? Labels, TrainingHistory History, float Temperature = 1)
        : ModelDescription(FeatureColumn, Network, History);
}
