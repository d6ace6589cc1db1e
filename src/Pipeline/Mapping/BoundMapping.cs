using Microsoft.ML;

namespace MLExtensions.Pipeline.Mapping;

/// <summary>A mapping with its input schema and the output schema that follows: input columns first, added columns after.</summary>
internal sealed class BoundMapping
{
    public BoundMapping(DataViewSchema inputSchema, RowMapping mapping)
    {
        InputSchema = inputSchema;
        Mapping = mapping;

        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        builder.AddColumns(mapping.Columns);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public RowMapping Mapping { get; }

    /// <summary>Whether any of the output columns that are asked for is computed faster for many rows at once.</summary>
    public bool ReadsAhead(IEnumerable<DataViewSchema.Column> outputColumns) =>
        outputColumns.Any(column => column.Index >= InputSchema.Count && Mapping.ReadsAhead(column.Index - InputSchema.Count));

    /// <summary>The input columns behind the output columns that are asked for: passed through, or computed from.</summary>
    public IEnumerable<DataViewSchema.Column> InputsOf(IEnumerable<DataViewSchema.Column> outputColumns)
    {
        var inputs = new SortedDictionary<int, DataViewSchema.Column>();
        foreach (var column in outputColumns)
        {
            if (column.Index < InputSchema.Count)
                inputs[column.Index] = InputSchema[column.Index];
            else
                foreach (var dependency in Mapping.DependenciesOf(column.Index - InputSchema.Count))
                    inputs[dependency.Index] = dependency;
        }
        return inputs.Values;
    }
}
