namespace MLExtensions.Benchmarks.Speed;

/// <summary>Numbers that every language makes alike: a hash of the position, from -1 to 1, times the column's number.</summary>
internal static class Numbers
{
    /// <summary>Fills one row of a table.</summary>
    /// <param name="row">The row's index.</param>
    /// <param name="values">Receives the values, [columns].</param>
    public static void Fill(int row, Span<float> values)
    {
        uint position = (uint)row * (uint)values.Length;
        for (int column = 0; column < values.Length; column++)
            values[column] = Fraction(position + (uint)column) * (column + 1);
    }

    /// <summary>A table, [rows x columns], of numbers from -1 to 1.</summary>
    public static float[] Uniform(int rows, int columns)
    {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
            values[i] = Fraction((uint)i);
        return values;
    }

    /// <summary>One class index per row, as arbitrary as the numbers.</summary>
    public static float[] Classes(int rows, int classes)
    {
        float[] indices = new float[rows];
        for (int i = 0; i < rows; i++)
            indices[i] = Hash((uint)i) % (uint)classes;
        return indices;
    }

    private static float Fraction(uint position) => Hash(position) * (1f / (1 << 23)) - 1;

    private static uint Hash(uint position) => position * 2654435761u >> 8;
}
