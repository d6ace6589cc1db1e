namespace MLExtensions.Transforms;

/// <summary>Holds the vectors that arrive to the size that their column's type promises.</summary>
internal static class VectorLengths
{
    public static void Check(int length, int expected, string columnName, long row)
    {
        if (length != expected)
            throw new InvalidOperationException($"Column '{columnName}' has {length} slots in row {row} (counted from 0), and its type promises {expected}.");
    }
}
