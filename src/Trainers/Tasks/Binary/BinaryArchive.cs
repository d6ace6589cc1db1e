[assembly: LoadableComponent(typeof(DeepMlpTransformer<DeepMlpBinaryModelParameters>), typeof(BinaryArchive), BinaryArchive.Loader)]

namespace MLExtensions.Trainers.Tasks.Binary;

/// <summary>The part of the task in an archive (classes and temperature), and the loader that ML.NET calls.</summary>
internal static class BinaryArchive
{
    public const string Loader = "MLExtDeepMlpBinary";

    public static void Write(ComponentWriter writer, DeepMlpBinaryModelParameters model, string featureColumn, TrainingHistory history) =>
        DeepMlpFormat.Write(writer, Loader, model, new Description(featureColumn, model.Network, history, model.Temperature, model.Classes.Values, LabelPart.Of(model.Classes)));

    public static DeepMlpTransformer<DeepMlpBinaryModelParameters> Create(IHostEnvironment environment, object context) =>
        DeepMlpFormat.Read(environment, context, Loader, (Description description, NetworkWeights weights, TensorSet _) =>
        {
            DeepMlpFormat.RequireOneOutput(description.Network);
            var classes = description.Label?.ToClasses(2, description.Labels) ?? ClassLabels.Boolean;
            return new DeepMlpBinaryModelParameters(description.Network, weights, classes, DeepMlpFormat.RequireTemperature(description.Temperature));
        });

    private sealed record Description(string FeatureColumn, NetworkDescription Network, TrainingHistory History, float Temperature = 1,
        LabelValues? Labels = null, LabelPart? Label = null)
        : ModelDescription(FeatureColumn, Network, History);
}
