namespace Microsoft.ML.Data;

/// <summary>Makes each output column from one input column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase(InputOutputColumnPair[] columns)
    {
        Columns = columns;
    }

    private protected InputOutputColumnPair[] Columns { get; }
}
