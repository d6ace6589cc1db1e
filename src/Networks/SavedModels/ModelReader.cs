using System.Text.Json;
using MLExtensions.Archives.Chains;
using MLExtensions.Archives.Components;

namespace MLExtensions.Networks.SavedModels;

/// <summary>Makes a scorer of an archive: finds the network in the chain, and reads it and what stands before it.</summary>
internal static class ModelReader
{
    private const int KnownVersion = 1;

    private static readonly string s_software = Invariant($"{typeof(ModelReader).Assembly.GetName().Name} ({typeof(ModelReader).Assembly.GetName().Version?.ToString(3)})");

    /// <summary>Reads a model.</summary>
    /// <param name="stream">The archive.</param>
    /// <param name="allowedBytes">To how many bytes its entries may unpack; 0 for the usual limit.</param>
    /// <exception cref="FormatException">The archive is damaged.</exception>
    /// <exception cref="NotSupportedException">A step before the network is none that can be read here.</exception>
    public static ModelScorer Read(Stream stream, long allowedBytes)
    {
        using var archive = new ModelArchive(stream, new EntryLimits(allowedBytes, "give ModelScorer.Load the number that is allowed"));
        int place = FindNetwork(archive.Components);
        var (network, behind) = (archive.Components[place], archive.Components.Skip(place + 1));
        foreach (var step in archive.Components.Take(place).Where((step, index) => index > 0 || !step.IsOurs || step.Key.Loader != TableReader.Loader))
            throw Refusal(step);
        var table = place > 0 ? TableReader.Read(archive.Components[0], KnownVersion, s_software) : null;
        return Read(network, (saved, weights, task) => new ModelScorer(Fit(saved, table), weights, task, table, [.. behind.Select(step => step.Key.Loader)]));
    }

    private static SavedNetwork Fit(SavedNetwork saved, TableReader? table) => table is null || table.OutputColumn == saved.FeatureColumn && table.SlotCount == saved.Network.Inputs ? saved
        : throw new FormatException($"its network takes {saved.Network.Inputs} features of column '{saved.FeatureColumn}', and the table before it makes {table.SlotCount} of '{table.OutputColumn}'");

    private static ModelScorer Read(ArchivedComponent component, Func<SavedNetwork, NetworkWeights, SavedTask, ModelScorer> create) =>
        component.Content.Read(component.Key.Block, KnownVersion, s_software,
            json => JsonSerializer.Deserialize(json, SavedModelJson.Default.VersionedSavedNetwork)?.Component,
            (saved, tensors) =>
            {
                var weights = ArchivedWeights.Read(saved.Network, tensors);
                var task = SavedTask.Read(component.Key.Loader, saved, tensors);
                if (saved.FeatureNames is { Texts: null })
                    tensors.TakeSingles("features.name_hashes", saved.Network.Inputs);
                return create(saved, weights, task);
            },
            saved =>
            {
                saved.Check();
                return saved.ValueBytes;
            });

    private static int FindNetwork(IReadOnlyList<ArchivedComponent> components)
    {
        int[] places = [.. components.Index().Where(step => step.Item.IsOurs && SavedTask.IsNetwork(step.Item.Key.Loader)).Select(step => step.Index)];
        return places switch
        {
            [var place] => place,
            [] => throw new NotSupportedException($"The model has no network of MLExtensions: its steps are {string.Join(", ", components.Select(step => step.Key.Loader))}. Load it with ML.NET."),
            _ => throw new NotSupportedException($"The model has {places.Length} networks one after the other, and one is read here. Load it with ML.NET."),
        };
    }

    private static NotSupportedException Refusal(ArchivedComponent step) => new(
        $"The model has the step '{step.Key.Loader}' of {step.Key.Assembly.Split(',')[0]} before its network, which is not read without ML.NET. " +
        "Save the network alone, and give Score the features as that step makes them; or load the model with ML.NET.");
}
