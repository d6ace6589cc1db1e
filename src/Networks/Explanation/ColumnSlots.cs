namespace MLExtensions.Networks.Explanation;

/// <summary>Which slot of a row the values behind the layers of the input are made of: each of one.</summary>
internal static class ColumnSlots
{
    /// <summary>The slot of each column.</summary>
    /// <param name="layers">The layers of the input, in order.</param>
    /// <param name="inputs">The number of slots of a row.</param>
    public static int[] Behind(IEnumerable<Layer> layers, int inputs)
    {
        int[] slots = [.. Enumerable.Range(0, inputs)];
        foreach (var layer in layers)
        {
            slots = layer is InputLayer input
                ? [.. slots, .. input.Layout.Missing.Select(slot => slots[slot])]
                : [.. layer.WidthsOf(slots.Length).Zip(slots).SelectMany(pair => Enumerable.Repeat(pair.Second, pair.First))];
        }
        return slots;
    }
}
