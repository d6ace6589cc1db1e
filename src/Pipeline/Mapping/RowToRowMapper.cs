using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.Mapping;

/// <summary>What ML.NET's prediction engines and chains see of a mapping.</summary>
internal sealed class RowToRowMapper(BoundMapping mapping) : IRowToRowMapper
{
    public DataViewSchema InputSchema => mapping.InputSchema;

    public DataViewSchema OutputSchema => mapping.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        ArgumentNullException.ThrowIfNull(dependingColumns);

        return mapping.InputsOf(dependingColumns);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        if (!ReferenceEquals(input.Schema, InputSchema))
            throw new ArgumentException("The row's schema is not the one that the mapper was made for.", nameof(input));

        return new MappedRow(input, mapping, activeColumns);
    }
}
