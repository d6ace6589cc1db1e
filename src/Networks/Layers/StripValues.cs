namespace MLExtensions.Networks.Layers;

/// <summary>Single values of rows that lie in strips, which are of another width where there are more columns.</summary>
internal static unsafe class StripValues
{
    /// <summary>Where a value lies.</summary>
    /// <param name="matrix">The strips.</param>
    /// <param name="width">The columns of a strip.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    public static float* At(float* matrix, int width, int rows, int row, int column) => matrix + (nint)(column / width) * rows * width + (nint)row * width + column % width;

    /// <summary>Copies the first columns of a row from strips of one width to strips of another.</summary>
    /// <param name="input">The strips that are read.</param>
    /// <param name="inputWidth">The columns of one of them.</param>
    /// <param name="output">The strips that are written.</param>
    /// <param name="outputWidth">The columns of one of them.</param>
    /// <param name="rows">The number of rows of both.</param>
    /// <param name="row">The row.</param>
    /// <param name="columns">How many columns are copied.</param>
    public static void CopyRow(float* input, int inputWidth, float* output, int outputWidth, int rows, int row, int columns)
    {
        for (int column = 0; column < columns;)
        {
            int count = Math.Min(columns - column, Math.Min(inputWidth - column % inputWidth, outputWidth - column % outputWidth));
            new ReadOnlySpan<float>(At(input, inputWidth, rows, row, column), count).CopyTo(new Span<float>(At(output, outputWidth, rows, row, column), count));
            column += count;
        }
    }
}
