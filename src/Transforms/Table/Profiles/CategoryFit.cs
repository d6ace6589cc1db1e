namespace MLExtensions.Transforms.Table.Profiles;

/// <summary>Makes categories of the texts of a column.</summary>
internal static class CategoryFit
{
    /// <summary>The categories in the order of their indices, whatever the order of the rows.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="missing">The number of rows without one.</param>
    /// <param name="options">How many rows and categories there must and may be.</param>
    /// <param name="order">The order of texts.</param>
    public static TableCategory[] Of(TextCounts texts, long missing, TableEncodingOptions options, Comparison<string> order)
    {
        var values = texts.Items.ToArray();
        Array.Sort(values, (x, y) => order(x.Key, y.Key));
        var kept = Kept(values, options);

        var categories = new List<TableCategory>(kept.Count + 2);
        long merged = 0;
        foreach (var (value, count) in values)
        {
            if (kept.Contains(value))
                categories.Add(new(value, count));
            else
                merged += count;
        }
        if (merged > 0)
            categories.Add(new(TableCategory.MergedText, merged, TableCategoryKind.Merged));
        if (missing > 0)
            categories.Add(new(TableCategory.MissingText, missing, TableCategoryKind.Missing));
        return [.. categories];
    }

    private static HashSet<string> Kept(KeyValuePair<string, long>[] values, TableEncodingOptions options)
    {
        var frequent = values.Where(value => value.Value >= options.MinimumCount).ToArray();
        int merged = frequent.Length < values.Length ? 1 : 0;

        // A stable sort: of equally frequent values the smallest come first.
        if (options.MaximumCategories is { } most && frequent.Length + merged > most)
            frequent = [.. frequent.OrderByDescending(value => value.Value).Take(most - 1)];
        return [.. frequent.Select(value => value.Key)];
    }
}
