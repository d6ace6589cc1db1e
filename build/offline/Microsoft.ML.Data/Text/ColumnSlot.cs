namespace Microsoft.ML.Data;

/// <summary>Where a cursor keeps the parsed value of one column of the current line.</summary>
internal abstract class ColumnSlot
{
    public abstract void Parse(List<string> fields, long lineNumber);

    public abstract Delegate MakeGetter();
}
