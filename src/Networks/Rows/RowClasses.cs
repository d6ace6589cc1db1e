namespace MLExtensions.Networks.Rows;

/// <summary>The class of each row of the data: of an array of its own, or read from the targets, beside which there need be no second array.</summary>
internal sealed class RowClasses
{
    private readonly int[]? _indices;
    private readonly float[]? _targets;

    /// <summary>Takes the classes.</summary>
    /// <param name="indices">The class of each row.</param>
    public RowClasses(int[] indices) => _indices = indices;

    /// <summary>Takes targets that are classes.</summary>
    /// <param name="targets">The target of each row, a whole number of at least 0.</param>
    public RowClasses(float[] targets) => _targets = targets;

    /// <summary>The number of rows.</summary>
    public int Rows => _targets?.Length ?? _indices!.Length;

    /// <summary>The class of a row.</summary>
    public int this[int row] => _targets is { } targets ? (int)targets[row] : _indices![row];

    /// <summary>One more than the highest class of some rows.</summary>
    public int CountOf(ReadOnlySpan<int> rows)
    {
        int highest = -1;
        foreach (int row in rows)
            highest = Math.Max(highest, this[row]);
        return highest + 1;
    }

    /// <summary>One more than the highest class of all rows.</summary>
    public int Count()
    {
        int highest = -1;
        for (int row = 0; row < Rows; row++)
            highest = Math.Max(highest, this[row]);
        return highest + 1;
    }

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(indices))]
    public static implicit operator RowClasses?(int[]? indices) => indices is null ? null : new(indices);
}
