[assembly: LoadableComponent(typeof(DeepMlpTransformer<DeepMlpMulticlassModelParameters>), typeof(MulticlassArchive), MulticlassArchive.Loader)]

namespace MLExtensions.Trainers.Tasks.Multiclass;

/// <summary>The part of the task in an archive (classes and temperature), and the loader that ML.NET calls.</summary>
internal static class MulticlassArchive
{
    public const string Loader = "MLExtDeepMlpMulticlass";

    public static void Write(ComponentWriter writer, DeepMlpMulticlassModelParameters model, string featureColumn, TrainingHistory history) =>
        DeepMlpFormat.Write(writer, Loader, model, new Description(featureColumn, model.Network, model.Classes.Values, history, model.Temperature, LabelPart.Of(model.Classes)));

    public static DeepMlpTransformer<DeepMlpMulticlassModelParameters> Create(IHostEnvironment environment, object context) =>
        DeepMlpFormat.Read(environment, context, Loader, (Description description, NetworkWeights weights, TensorSet _) =>
        {
            int count = description.Network.Outputs;
            description.Labels?.Check(count);
            var classes = description.Label?.ToClasses(count, description.Labels) ?? new ClassLabels(count, description.Labels, IsKey: true);
            return new DeepMlpMulticlassModelParameters(description.Network, weights, classes, DeepMlpFormat.RequireTemperature(description.Temperature));
        });

    private sealed record Description(string FeatureColumn, NetworkDescription Network, LabelValues? Labels, TrainingHistory History, float Temperature = 1,
        LabelPart? Label = null)
        : ModelDescription(FeatureColumn, Network, History);
}
