namespace MLExtensions.Networks.Managed;

/// <summary>
/// Layers that any portion of rows can pass without waiting for other rows. Every stage but the first begins with a
/// normalization layer, for whose statistics all rows must have passed the stage before.
/// </summary>
/// <param name="Opening">The normalization layer at the beginning, or null in the first stage.</param>
/// <param name="Layers">The other layers of the stage.</param>
internal sealed record Stage(ManagedBatchNormalizationLayer? Opening, ManagedLayer[] Layers)
{
    /// <summary>Divides a network.</summary>
    /// <param name="layers">The layers, first to last.</param>
    public static Stage[] Divide(ManagedLayer[] layers)
    {
        var stages = new List<Stage>();
        ManagedBatchNormalizationLayer? opening = null;
        var members = new List<ManagedLayer>();
        foreach (ManagedLayer layer in layers)
        {
            if (layer is ManagedBatchNormalizationLayer normalization)
            {
                stages.Add(new Stage(opening, [.. members]));
                opening = normalization;
                members.Clear();
            }
            else
            {
                members.Add(layer);
            }
        }

        stages.Add(new Stage(opening, [.. members]));
        return [.. stages];
    }
}
