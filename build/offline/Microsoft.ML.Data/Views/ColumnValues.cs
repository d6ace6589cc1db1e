namespace Microsoft.ML;

/// <summary>Recorded values of one column.</summary>
internal abstract class ColumnValues
{
    public abstract int Count { get; }
}
