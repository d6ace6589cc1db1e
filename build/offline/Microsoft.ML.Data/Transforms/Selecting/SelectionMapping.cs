using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Some columns of the input in an order of their own.</summary>
internal sealed class SelectionMapping : IRowToRowMapper
{
    private readonly int[] _sources;

    public SelectionMapping(DataViewSchema input, int[] sources)
    {
        InputSchema = input;
        _sources = sources;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(sources.Select(index => input[index]));
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public DataViewSchema.Column SourceOf(DataViewSchema.Column column) => InputSchema[_sources[column.Index]];

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => dependingColumns.Select(SourceOf).ToArray();

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        => new SelectedRow(this, input, activeColumns);
}
