using System.Text.Json.Serialization;

namespace MLExtensions.Trainers.Explanation;

/// <summary>How contributions stand in a model archive: the network with its weights, what follows from its outputs, and the baselines.</summary>
internal static class FeatureContributionArchive
{
    public const string Loader = "MLExtContributions";

    private const string Baselines = "baselines";
    private const string Missing = "baselines.missing";
    private const string NameHashes = "features.name_hashes";

    public static void Write(ComponentWriter writer, FeatureContributionTransformer transformer)
    {
        var explainer = transformer.Explainer;
        int[] shape = [transformer.BaselineCount, explainer.Network.Inputs];
        var description = new Description(transformer.FeatureColumnName, explainer.Options, explainer.Network, explainer.Link, transformer.BaselineCount) { FeatureNames = transformer.Names?.Describe() };
        writer.Write(DeepMlpFormat.FormatOf(Loader), description,
        [
            .. explainer.Weights.Layout.Tensors.Select(tensor => new Tensor(tensor.Name, tensor.Shape, explainer.Weights[tensor].ToArray())),
            // Numbers in archives are finite.
            new Tensor(Baselines, shape, [.. explainer.Baselines.Select(value => float.IsNaN(value) ? 0 : value)]),
            new Tensor(Missing, shape, [.. explainer.Baselines.Select(value => float.IsNaN(value) ? 1f : 0)]),
            .. transformer.Names?.ToTensors(NameHashes) ?? [],
        ]);
    }

    public static FeatureContributionTransformer Create(IHostEnvironment environment, object context) =>
        new ComponentReader(environment, context, DeepMlpFormat.FormatOf(Loader)).Read<Description, FeatureContributionTransformer>(
            (description, tensors) =>
            {
                var weights = ArchivedWeights.Read(description.Network, tensors);
                int inputs = description.Network.Inputs;
                float[] baselines = tensors.TakeSingles(Baselines, description.BaselineCount, inputs), missing = tensors.TakeSingles(Missing, description.BaselineCount, inputs);
                for (int i = 0; i < baselines.Length; i++)
                    baselines[i] = missing[i] != 0 ? float.NaN : baselines[i];
                return new(new(description.Network, weights, description.Link, description.Options, baselines), description.FeatureColumn,
                    SlotNames.Read(description.FeatureNames, tensors, NameHashes, inputs));
            },
            description =>
            {
                Check(description);
                return sizeof(float) * (new ParameterLayout(description.Network).Length + (2L * description.BaselineCount + 1) * description.Network.Inputs);
            });

    private static void Check(Description description)
    {
        if (description.FeatureColumn.Length == 0 || description.BaselineCount < 1)
            throw new FormatException("it has no feature column, or no baselines");
        NetworkChecks.Check(description.Network);
        if (description.Network.Layers is [CustomLayer])
            throw new FormatException("networks of an application's own have no contributions");
        description.Link.Check(description.Network.Outputs);
    }

    private sealed record Description(string FeatureColumn, FeatureContributionOptions Options, NetworkDescription Network, ScoreLink Link, int BaselineCount)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public SlotNamesDescription? FeatureNames { get; init; }
    }
}
