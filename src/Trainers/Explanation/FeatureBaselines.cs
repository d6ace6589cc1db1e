namespace MLExtensions.Trainers.Explanation;

/// <summary>Finds the rows of a data set that others are compared with.</summary>
internal static class FeatureBaselines
{
    // The typical row of so many is near enough to that of all.
    private const int MostRows = 10_000;

    /// <summary>Reads features once.</summary>
    /// <param name="data">The data.</param>
    /// <param name="features">Its feature column.</param>
    /// <param name="layout">What its slots are.</param>
    /// <param name="count">The number of rows; 1 for the typical one.</param>
    /// <param name="seed">The seed of those that are drawn.</param>
    /// <returns>The rows, [rows x slots].</returns>
    /// <exception cref="InvalidOperationException">There are no rows, or values that the model does not take.</exception>
    public static float[] Find(IDataView data, DataViewSchema.Column features, RowLayout layout, int count, int seed)
    {
        var rows = Draw(data, features, layout, count == 1 ? MostRows : count, seed);
        if (rows.Count == 0)
            throw new InvalidOperationException($"There are no rows to compare with: expected at least one with a feature column '{features.Name}', such as those of the training.");

        return count > 1 ? [.. rows.SelectMany(row => row)] : [.. Enumerable.Range(0, layout.Width).Select(slot => Typical(rows, slot, layout.IsCategory(slot)))];
    }

    /// <summary>Draws rows: all, or so many of them, each as likely as any other to be among them (Vitter 1985, algorithm R).</summary>
    public static List<float[]> Draw(IDataView data, DataViewSchema.Column features, RowLayout layout, int count, int seed)
    {
        var random = new RandomStream(seed, "baselines");
        var rows = new List<float[]>();
        using var cursor = data.GetRowCursor([features]);
        var reader = new FeatureReader(cursor, features, layout);
        float[] dense = new float[layout.Width];
        for (int seen = 0; cursor.MoveNext(); seen++)
        {
            int place = seen < count ? seen : random.NextIndex(seen + 1);
            if (place >= count)
                continue;
            float[] row = [.. reader.Read(dense)];
            if (place == rows.Count)
                rows.Add(row);
            else
                rows[place] = row;
        }
        return rows;
    }

    // The lower of two medians, so that it is a value that occurs; of equally frequent categories the lowest.
    private static float Typical(List<float[]> rows, int slot, bool isCategory)
    {
        if (isCategory)
            return rows.Select(row => row[slot]).GroupBy(value => value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;

        float[] values = [.. rows.Select(row => row[slot]).Where(value => !float.IsNaN(value)).Order()];
        return values.Length == 0 ? float.NaN : values[(values.Length - 1) / 2];
    }
}
