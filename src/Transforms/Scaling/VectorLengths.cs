using static System.FormattableString;

namespace MLExtensions.Transforms;

/// <summary>Holds the vectors that arrive to the size that their column's type promises.</summary>
internal static class VectorLengths
{
    public static InvalidOperationException Mismatch(int length, int expected, string columnName, long row) =>
        new(Invariant($"Column '{columnName}' has {length} slots in row {row} (counted from 0), and its type promises {expected}."));
}
