using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog : IInternalCatalog
{
    private readonly IHostEnvironment _environment;

    internal DataOperationsCatalog(IHostEnvironment env)
    {
        _environment = env;
    }

    IHostEnvironment IInternalCatalog.Environment => _environment;

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null)
        where TRow : class
    {
        Contracts.CheckValue(data, nameof(data));
        return new StreamingDataView<TRow>(data, schemaDefinition);
    }

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema)
        where TRow : class
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckValue(schema, nameof(schema));
        return new StreamingDataView<TRow>(data, SchemaDefinitions.Matching(typeof(TRow), schema));
    }

    public IEnumerable<TRow> CreateEnumerable<TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        Contracts.CheckValue(data, nameof(data));
        var writer = new RowWriter<TRow>(data.Schema, ignoreMissingColumns, schemaDefinition);
        return Enumerate(data, writer, reuseRowObject);
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        Contracts.CheckValue(input, nameof(input));
        foreach (string name in columnsToPrefetch)
        {
            Contracts.CheckParam(
                input.Schema.GetColumnOrNull(name) != null, nameof(columnsToPrefetch), $"Could not find prefetch column '{name}'");
        }
        return new CacheDataView(input);
    }

    public IDataView FilterRowsByColumn(
        IDataView input,
        string columnName,
        double lowerBound = double.NegativeInfinity,
        double upperBound = double.PositiveInfinity)
    {
        Contracts.CheckValue(input, nameof(input));
        return new FilteredView(
            input,
            input.Schema,
            [input.Schema[columnName]],
            row =>
            {
                Func<double> read = RealReader.Make(row, row.Schema[columnName]);
                return () => read() is double value && value >= lowerBound && value < upperBound;
            });
    }

    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        Contracts.CheckValue(input, nameof(input));
        return new FilteredView(
            input,
            input.Schema,
            columns.Select(name => input.Schema[name]).ToArray(),
            row =>
            {
                Func<bool>[] areMissing = columns.Select(name => MissingValues.MakeTest(row, row.Schema[name])).ToArray();
                return () => areMissing.All(isMissing => !isMissing());
            });
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        Contracts.CheckValue(input, nameof(input));
        return new ShuffledView(input, RowSplit.SeedOf(_environment, seed));
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return new RowWindowView(input, count, long.MaxValue);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return new RowWindowView(input, 0, count);
    }

    private static IEnumerable<TRow> Enumerate<TRow>(IDataView data, RowWriter<TRow> writer, bool reuseRowObject)
        where TRow : class, new()
    {
        using DataViewRowCursor cursor = data.GetRowCursor(writer.Columns);
        Action<TRow>[] members = writer.Bind(cursor);
        TRow reused = reuseRowObject ? new TRow() : null;
        while (cursor.MoveNext())
        {
            TRow row = reused ?? new TRow();
            foreach (Action<TRow> fill in members)
                fill(row);
            yield return row;
        }
    }
}
