namespace MLExtensions.Networks.Managed;

/// <summary>A network as threads can share its units: hidden layers one after the other.</summary>
/// <param name="Inputs">Layers before the first block, such as embeddings, which are passed by rows.</param>
/// <param name="Blocks">The hidden layers, at least one.</param>
/// <param name="Output">The output layer.</param>
internal sealed record UnitPlan(ManagedLayer[] Inputs, UnitBlock[] Blocks, ManagedLinearLayer Output)
{
    /// <summary>The plan of a network; null where its layers do not allow it, or a hidden layer has no more than one strip of units to share.</summary>
    /// <param name="layers">The layers, first to last.</param>
    public static UnitPlan? Of(ManagedLayer[] layers)
    {
        ManagedLayer[] inputs = [.. layers.TakeWhile(layer => layer is not ManagedLinearLayer)];
        ManagedLayer[] hidden = layers[inputs.Length..];
        if (!Array.TrueForAll(inputs, IsPassedByRows) || !Array.TrueForAll(hidden, layer => layer is ManagedUnitLayer { SharesUnits: true, RowFactor: 1 }) ||
            hidden is not [.., ManagedLinearLayer output])
        {
            return null;
        }

        var blocks = new List<UnitBlock>();
        for (int first = 0; first < hidden.Length - 1;)
        {
            ManagedUnitLayer[] followers = [.. hidden[(first + 1)..].TakeWhile(layer => layer is not ManagedLinearLayer).Cast<ManagedUnitLayer>()];
            blocks.Add(new UnitBlock((ManagedLinearLayer)hidden[first], followers));
            first += 1 + followers.Length;
        }
        return blocks.Count > 0 && blocks.TrueForAll(block => block.Strips > 1) ? new(inputs, [.. blocks], output) : null;
    }

    /// <summary>The linear layer behind each block.</summary>
    public ManagedLinearLayer[] Behind => [.. Blocks.Skip(1).Select(block => block.Linear), Output];

    /// <summary>Whether the layers before the first block ask for gradients.</summary>
    public bool InputsLearn => Blocks[0].Linear.InputGradient is not null;

    // Statistics of a batch would have to be waited for.
    private static bool IsPassedByRows(ManagedLayer layer) =>
        layer is not ManagedBatchNormalizationLayer && layer is { NeedsPreparation: false, RowFactor: 1 };
}
