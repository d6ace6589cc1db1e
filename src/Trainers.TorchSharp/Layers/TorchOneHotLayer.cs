namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>Numbers as they are, and for each category 1 at its index and 0 at all others.</summary>
/// <param name="layout">What the slots of a row are.</param>
internal sealed class TorchOneHotLayer(RowLayout layout) : TorchLayer
{
    public override Tensor Forward(Tensor input, bool training)
    {
        var parts = new List<Tensor>();
        int slot = 0;
        foreach (var category in layout.Categories)
        {
            AddNumbers(category.Slot);

            // What equals no index gives zeros alone, as it does in scoring.
            using var indices = arange(category.Count, ScalarType.Float32, input.device);
            parts.Add(input.narrow(1, category.Slot, 1).eq(indices).to(ScalarType.Float32));
            slot++;
        }
        AddNumbers(layout.Width);
        return cat(parts, 1);

        void AddNumbers(int end)
        {
            if (slot < end)
                parts.Add(input.narrow(1, slot, end - slot));
            slot = end;
        }
    }
}
