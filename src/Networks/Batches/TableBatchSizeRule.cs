namespace MLExtensions.Networks;

/// <summary>The batch size of the first entry whose rows are not exceeded, else the last size.</summary>
/// <param name="Table">Numbers of rows, ascending, with the batch size up to each; sizes at least 1.</param>
/// <param name="Beyond">The batch size beyond the table; at least 1.</param>
public sealed record TableBatchSizeRule(IReadOnlyList<(int Rows, int BatchSize)> Table, int Beyond) : BatchSizeRule
{
    private protected override int Choose(int rows)
    {
        foreach (var (most, size) in Table)
        {
            if (rows <= most)
                return size;
        }
        return Beyond;
    }

    internal override IEnumerable<string> Validate()
    {
        foreach (string message in base.Validate())
            yield return message;
        if (Table is null)
        {
            yield return "Table must not be null";
            yield break;
        }

        for (int i = 0; i < Table.Count; i++)
        {
            if (i > 0 && Table[i].Rows <= Table[i - 1].Rows)
                yield return Invariant($"Table[{i}].Rows must be above {Table[i - 1].Rows}, the one before, got {Table[i].Rows}");
            if (Table[i].BatchSize < 1)
                yield return Invariant($"Table[{i}].BatchSize must be at least 1, got {Table[i].BatchSize}");
        }
        if (Beyond < 1)
            yield return Invariant($"Beyond must be at least 1, got {Beyond}");
    }
}
