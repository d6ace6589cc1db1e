using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    private readonly string[] _columnNames;
    private readonly bool _drop;

    internal ColumnSelectingEstimator(string[] columnNames, bool drop, bool keepHidden)
        : base(new ColumnSelectingTransformer(columnNames, drop, keepHidden))
    {
        Contracts.CheckValue(columnNames, nameof(columnNames));
        _columnNames = columnNames;
        _drop = drop;
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column[] named = _columnNames.Select(inputSchema.FindInput).ToArray();
        return new SchemaShape(_drop ? inputSchema.Where(c => !_columnNames.Contains(c.Name)) : named);
    }
}
