using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Pipeline.Mapping;

namespace MLExtensions.Pipeline;

/// <summary>
/// A transformer that adds columns computed from the same row. Deriving classes bind themselves to a schema and save
/// themselves; laziness, cursors, row mappers and prediction engines are taken care of here.
/// </summary>
public abstract class RowToRowTransformer : ITransformer
{
    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <summary>Checks an input schema and binds to it, without reading any data.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    protected abstract RowMapping Bind(DataViewSchema inputSchema);

    /// <summary>Writes the transformer into its block of a model archive.</summary>
    /// <param name="writer">Writes the block.</param>
    protected abstract void Save(ComponentWriter writer);

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);

        return new BoundMapping(inputSchema, Bind(inputSchema)).OutputSchema;
    }

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);

        return new MappedDataView(input, new BoundMapping(input.Schema, Bind(input.Schema)), TypeNames.PublicOf(GetType(), common: typeof(RowToRowTransformer)));
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);

        return new RowToRowMapper(new BoundMapping(inputSchema, Bind(inputSchema)));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);

        Save(new ComponentWriter(ctx));
    }
}
