namespace MLExtensions.Trainers.Rows;

/// <summary>What the slots of a feature column are, as its annotation tells.</summary>
internal static class FeatureLayout
{
    /// <summary>The layout that the column tells; null where it tells none.</summary>
    public static RowLayout? Of(DataViewSchema.Column features) =>
        CategoryCounts.Of(features, "feature") is { } counts ? RowLayout.Of(counts) : null;

    /// <summary>What the slots of rows to train on are, of which any may be missing where the training finds out which are.</summary>
    public static RowLayout? ForTraining(DataViewSchema.Column features, bool mayBeMissing)
    {
        var layout = Of(features);
        if (!mayBeMissing)
            return layout;

        layout ??= RowLayout.Numbers(((VectorDataViewType)features.Type).Size);
        return layout with { Missing = [.. Enumerable.Range(0, layout.Width).Where(slot => !layout.IsCategory(slot))] };
    }

    /// <summary>Refuses a column that tells another layout than rows must have; one that tells none is accepted, since values are checked.</summary>
    public static void Require(DataViewSchema.Column features, RowLayout expected)
    {
        if (Of(features) is not { } got || got.HasSlotsOf(expected))
            return;

        int slot = 0;
        while (CountOf(got, slot) == CountOf(expected, slot))
            slot++;
        throw SchemaChecks.Mismatch("feature", features.Name, Describe(expected, slot) + RowChecks.SlotName(features, slot),
            $"{Describe(got, slot)}, as annotation {CategoryCounts.Kind} tells");
    }

    private static int CountOf(RowLayout layout, int slot) => layout.Categories.FirstOrDefault(category => category.Slot == slot).Count;

    private static string Describe(RowLayout layout, int slot) =>
        CountOf(layout, slot) is > 0 and var count ? Invariant($"one of {count} categories in slot {slot}") : Invariant($"a number in slot {slot}");
}
