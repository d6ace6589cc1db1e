using System.Text;

namespace MLExtensions.Networks.Layers;

/// <summary>A network as a table for people: what becomes of the slots of a row, then layer by layer values and parameters.</summary>
internal static class NetworkSummary
{
    /// <summary>The widest line.</summary>
    public const int MaximumWidth = 100;

    /// <summary>The table.</summary>
    /// <param name="network">The network.</param>
    /// <param name="featureNames">The names of the slots, empty where one has none; null where none has.</param>
    public static string Of(NetworkDescription network, IReadOnlyList<string>? featureNames = null)
    {
        var text = new StringBuilder();
        text.AppendLine($"{NumberText.Whole(network.Inputs)} features:");
        AppendFeatures(text, network.Layers is [EnsembleLayer { Members: [var first, ..] }] ? first : network, featureNames);
        text.AppendLine();
        if (network.Layers is [EnsembleLayer ensemble])
        {
            text.Append($"{ensemble.Members.Count} networks, of whose outputs the mean is taken; ");
            var kinds = ensemble.Members.GroupBy(member => string.Join(' ', member.Layers.Select(KindOf))).ToList();
            foreach (var (index, kind) in kinds.Index())
            {
                bool areAlike = kind.All(member => CountsOf(member) == CountsOf(kind.First()));
                text.AppendLine($"{(kinds.Count == 1 ? "" : Invariant($"{(index == 0 ? "" : Environment.NewLine)}{kind.Count()} of them, "))}{(areAlike ? "each" : "the first")}:");
                if (index > 0 && TreatmentsOf(kind.First()) != TreatmentsOf(kinds[0].First()))
                    AppendFeatures(text, kind.First(), featureNames);
                AppendLayers(text, kind.First());
            }
        }
        else
        {
            AppendLayers(text, network);
        }
        var (trained, kept) = CountsOf(network);
        text.Append($"{Plural.Of(trained, "parameter", format: "N0")}{(kept > 0 ? $", and {Plural.Of(kept, "value", format: "N0")} of statistics" : "")}");
        return text.ToString();
    }

    // Networks are of one kind whose layers are, with numbers embedded alike.
    private static string KindOf(Layer layer) => layer is EmbeddingLayer { Numbers: { } numbers } ? Invariant($"{nameof(EmbeddingLayer)} {numbers}") : layer.GetType().Name;

    private static void AppendLayers(StringBuilder text, NetworkDescription network)
    {
        var rows = new List<string[]> { new[] { "layer", "values", "parameters", "statistics" } };
        int values = network.Inputs;
        foreach (var layer in network.Layers)
        {
            values = layer.OutputsFor(values) ?? values;
            long trained = layer.Parameters.Where(tensor => tensor.IsTrained).Sum(tensor => (long)tensor.Length);
            long kept = layer.Parameters.Where(tensor => !tensor.IsTrained).Sum(tensor => (long)tensor.Length);
            rows.Add([NameOf(layer), NumberText.Whole(values), OrEmpty(trained), OrEmpty(kept)]);
        }
        text.Append(TextTable.Of(rows, leftColumns: 1));
    }

    private static string TreatmentsOf(NetworkDescription network) => string.Join(' ', Enumerable.Range(0, network.Inputs).Select(new SlotTreatments(network).Of));

    private static void AppendFeatures(StringBuilder text, NetworkDescription network, IReadOnlyList<string>? names)
    {
        var slots = new SlotTreatments(network);
        foreach (var group in Enumerable.Range(0, network.Inputs).GroupBy(slots.Of))
        {
            var texts = group.Select(slot => slots.CategoriesOf(slot) is { } count ? Invariant($"{Name(slot)} ({count})") : Name(slot)).ToList();
            text.AppendLine(Fitted($"  {group.Key}: ", texts));
        }

        string Name(int slot) => names?[slot] is { Length: > 0 } name ? name : Invariant($"slot {slot}");
    }

    // As many of the names as the line has room for.
    private static string Fitted(string start, List<string> names)
    {
        for (int count = Math.Min(names.Count, MaximumWidth / 2); count > 0; count--)
        {
            string more = count < names.Count ? Invariant($" and {names.Count - count} more") : "";
            string line = $"{start}{string.Join(", ", names.Take(count))}{more}";
            if (line.Length <= MaximumWidth)
                return line;
        }
        return $"{start}{Plural.Of(names.Count, "slot")}";
    }

    private static (long Trained, long Kept) CountsOf(NetworkDescription network)
    {
        long trained = 0, kept = 0;
        foreach (var tensor in ((IParameterSource)network).Parameters)
            (trained, kept) = tensor.IsTrained ? (trained + tensor.Length, kept) : (trained, kept + tensor.Length);
        return (trained, kept);
    }

    /// <summary>What the kind of a layer is called.</summary>
    public static string NameOf(Layer layer) => layer switch
    {
        ActivationLayer activation => Words(activation.Activation.GetType().Name, "Activation"),
        DropoutLayer dropout => Invariant($"dropout {dropout.Rate:0.###}"),
        NeighborMeansLayer means => Invariant($"means over {means.Neighbors} neighbors"),
        MemberInputLayer members => Invariant($"{members.Members} members from here"),
        CustomLayer custom => custom.Name,
        _ => Words(layer.GetType().Name, "Layer"),
    };

    /// <summary>The name of a type in words, as <c>batch normalization</c> of <c>BatchNormalizationLayer</c>.</summary>
    public static string Words(string name, string ending)
    {
        name = name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] : name;
        return string.Concat(name.Select((letter, index) => char.IsUpper(letter) ? $"{(index > 0 ? " " : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
    }

    private static string OrEmpty(long count) => count == 0 ? "" : NumberText.Whole(count);
}
