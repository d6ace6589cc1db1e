[assembly: LoadableComponent(typeof(DeepMlpTransformer<DeepMlpMultilabelModelParameters>), typeof(MultilabelArchive), MultilabelArchive.Loader)]

namespace MLExtensions.Trainers.Tasks.Multilabel;

/// <summary>The part of the task in an archive (names of labels and temperature), and the loader that ML.NET calls.</summary>
internal static class MultilabelArchive
{
    public const string Loader = "MLExtDeepMlpMultilabel";

    public static void Write(ComponentWriter writer, DeepMlpMultilabelModelParameters model, string featureColumn, TrainingHistory history) =>
        DeepMlpFormat.Write(writer, Loader, model, new Description(featureColumn, model.Network, model.Labels, history, model.Temperature));

    public static DeepMlpTransformer<DeepMlpMultilabelModelParameters> Create(IHostEnvironment environment, object context) =>
        DeepMlpFormat.Read(environment, context, Loader, (Description description, NetworkWeights weights, TensorSet _) =>
        {
            description.Labels?.Check(description.Network.Outputs);
            return new DeepMlpMultilabelModelParameters(description.Network, weights, description.Labels, DeepMlpFormat.RequireTemperature(description.Temperature));
        });

    private sealed record Description(string FeatureColumn, NetworkDescription Network, LabelValues? Labels, TrainingHistory History, float Temperature = 1)
        : ModelDescription(FeatureColumn, Network, History);
}
