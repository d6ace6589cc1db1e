namespace Microsoft.ML.Data;

/// <summary>Maps a row through several mappers, evaluating only what the columns at the end depend on.</summary>
internal sealed class ChainedMapper : IRowToRowMapper
{
    private readonly IRowToRowMapper[] _mappers;

    public ChainedMapper(DataViewSchema inputSchema, IRowToRowMapper[] mappers)
    {
        InputSchema = inputSchema;
        _mappers = mappers;
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema => _mappers.Length == 0 ? InputSchema : _mappers[^1].OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => _mappers.Reverse().Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var needed = new IEnumerable<DataViewSchema.Column>[_mappers.Length];
        IEnumerable<DataViewSchema.Column> columns = activeColumns;
        for (int i = _mappers.Length - 1; i >= 0; i--)
        {
            needed[i] = columns.ToArray();
            columns = _mappers[i].GetDependencies(needed[i]);
        }

        DataViewRow row = input;
        for (int i = 0; i < _mappers.Length; i++)
            row = _mappers[i].GetRow(row, needed[i]);
        return row;
    }
}
