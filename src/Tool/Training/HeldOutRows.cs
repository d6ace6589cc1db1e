namespace MLExtensions.Tool.Training;

/// <summary>Chooses rows that are kept from training, to measure the model by: a share of each class.</summary>
internal static class HeldOutRows
{
    /// <summary>Chooses rows.</summary>
    /// <param name="file">The table.</param>
    /// <param name="table">Its description.</param>
    /// <param name="share">Their share, above 0 and below 1.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <param name="token">Ends the pass.</param>
    /// <returns>Of each row, by number, whether it is kept from training.</returns>
    /// <exception cref="ToolException">The rows are too few.</exception>
    public static bool[] Choose(TableFile file, TableDescription table, double share, int seed, CancellationToken token)
    {
        var (rows, classes) = Read(file, table, token);
        bool[] isOut = new bool[rows];
        var random = new Random(seed);
        foreach (int[] ofClass in classes)
        {
            random.Shuffle(ofClass);
            foreach (int row in ofClass.AsSpan(0, (int)Math.Round(ofClass.Length * share)))
                isOut[row] = true;
        }
        int count = isOut.Count(isIn => isIn);
        return count > 0 && count < rows
            ? isOut
            : throw new ToolException(Invariant($"{file.Source.Name}: {Plural.Of(rows, "row")} cannot be divided into rows to learn from and a share of {share} to measure by: give more rows, or --test 0."));
    }

    // Rows without label are of no class: they are not measured by.
    private static (int Rows, List<int[]> Classes) Read(TableFile file, TableDescription table, CancellationToken token)
    {
        var classes = new Dictionary<string, List<int>>();
        using var reader = file.ReadRows();
        int rows = 0;
        for (; file.NextRow(reader); rows++)
        {
            token.ThrowIfCancellationRequested();
            var cell = reader[table.LabelPlace];
            if (CellText.IsMissing(cell, table.Missing))
                continue;
            string name = table.Task == TableTask.Regression ? "" : table.LabelIsNumber ? CellText.Code(cell) : cell.ToString();
            if (!classes.TryGetValue(name, out var ofClass))
                classes[name] = ofClass = [];
            ofClass.Add(rows);
        }
        return (rows, [.. classes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.ToArray())]);
    }
}
