namespace MLExtensions.Networks.Explanation;

/// <summary>Which slots of a row the values behind the layers of the input are made of: each of one, a mean over neighbours of two.</summary>
internal static class ColumnSlots
{
    /// <summary>The slots of each column; of one slot twice the same.</summary>
    /// <param name="layers">The layers of the input, in order.</param>
    /// <param name="inputs">The number of slots of a row.</param>
    public static NumberPair[] Behind(IEnumerable<Layer> layers, int inputs)
    {
        NumberPair[] slots = [.. Enumerable.Range(0, inputs).Select(slot => new NumberPair(slot, slot))];
        foreach (var layer in layers)
        {
            slots = layer switch
            {
                InputLayer input => [.. slots, .. input.Layout.Missing.Select(slot => slots[slot])],
                NeighborMeansLayer means => [.. slots, .. means.Pairs.SelectMany(pair => Enumerable.Repeat(new NumberPair(slots[pair.First].First, slots[pair.Second].First), means.Values))],
                _ => [.. layer.WidthsOf(slots.Length).Zip(slots).SelectMany(pair => Enumerable.Repeat(pair.Second, pair.First))],
            };
        }
        return slots;
    }
}
