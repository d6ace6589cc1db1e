namespace MLExtensions.Trainers.Rows;

/// <summary>What the slots of a feature column are, as its annotation tells.</summary>
internal static class FeatureLayout
{
    /// <summary>The layout that the column tells; null where it tells none.</summary>
    public static RowLayout? Of(DataViewSchema.Column features) =>
        CategoryCounts.Of(features, "feature") is { } counts ? RowLayout.Of(counts) : null;

    /// <summary>Refuses a column that tells another layout than rows must have; one that tells none is accepted, since values are checked.</summary>
    public static void Require(DataViewSchema.Column features, RowLayout expected)
    {
        if (Of(features) is not { } got || got.Equals(expected))
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
