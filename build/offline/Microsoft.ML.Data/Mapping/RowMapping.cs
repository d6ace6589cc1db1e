using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>
/// A transformation bound to an input schema: which columns it makes, and from which. Serves as the mapper of single rows, too.
/// </summary>
internal abstract class RowMapping : IRowToRowMapper
{
    private ColumnBindings _bindings;

    protected RowMapping(DataViewSchema input)
    {
        InputSchema = input;
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema => Bindings.Schema;

    private ColumnBindings Bindings => LazyInitializer.EnsureInitialized(ref _bindings, MakeBindings);

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => dependingColumns
            .Select(c => Bindings.OriginOf(c.Index))
            .SelectMany(origin => origin.IsSource ? [origin.Index] : SourcesOf(origin.Index))
            .Distinct()
            .Order()
            .Select(index => InputSchema[index])
            .ToArray();

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        => new MappedRow(this, input, activeColumns);

    public bool MakesAnyOf(IEnumerable<DataViewSchema.Column> columns)
        => columns.Any(c => !Bindings.OriginOf(c.Index).IsSource);

    public ValueGetter<TValue> GetGetter<TValue>(DataViewRow input, DataViewSchema.Column column)
    {
        (bool isSource, int index) = Bindings.OriginOf(column.Index);
        return isSource
            ? input.GetGetter<TValue>(InputSchema[index])
            : ActiveColumns.Cast<TValue>(MakeGetter(input, index), OutputSchema[column.Index]);
    }

    public abstract DataViewSchema.DetachedColumn[] MakeOutputColumns();

    /// <summary>The indices of the input columns that output <paramref name="output"/> is made from.</summary>
    protected abstract int[] SourcesOf(int output);

    protected abstract Delegate MakeGetter(DataViewRow input, int output);

    private ColumnBindings MakeBindings() => new(InputSchema, MakeOutputColumns());
}
