using System.Collections.Immutable;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The first rows of a view, read and boxed, to look at.</summary>
public sealed class DataDebuggerPreview
{
    internal const int DefaultMaxRows = 100;

    internal DataDebuggerPreview(IDataView data, int maxRows = DefaultMaxRows)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckParam(maxRows >= 0, nameof(maxRows), null);
        Schema = data.Schema;
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        Func<object>[] readers = data.Schema
            .Select(column => GenericCall.Invoke<Func<object>>(MakeReader<int>, [column.Type.RawType], cursor, column))
            .ToArray();
        var rows = new List<RowInfo>();
        while (rows.Count < maxRows && cursor.MoveNext())
            rows.Add(new RowInfo(data.Schema, readers.Select(read => read()).ToArray()));
        RowView = [.. rows];
        ColumnView = [.. data.Schema.Select(c => new ColumnInfo(c, rows.Select(r => r.Values[c.Index].Value).ToArray()))];
    }

    public DataViewSchema Schema { get; }

    public ImmutableArray<ColumnInfo> ColumnView { get; }

    public ImmutableArray<RowInfo> RowView { get; }

    public override string ToString() => $"{Schema.Count} columns, {RowView.Length} rows";

    private static Func<object> MakeReader<TValue>(DataViewRow row, DataViewSchema.Column column)
    {
        Func<TValue> read = ColumnReader.Make<TValue>(row, column);
        return () => read();
    }

    public sealed class ColumnInfo
    {
        internal ColumnInfo(DataViewSchema.Column column, object[] values)
        {
            Column = column;
            Values = values;
        }

        public DataViewSchema.Column Column { get; }

        public object[] Values { get; }

        public override string ToString() => $"{Column.Name}: {Column.Type}";
    }

    public sealed class RowInfo
    {
        internal RowInfo(DataViewSchema schema, object[] values)
        {
            Values = schema.Select(c => new KeyValuePair<string, object>(c.Name, values[c.Index])).ToArray();
        }

        public KeyValuePair<string, object>[] Values { get; }

        public override string ToString() => $"{Values.Length} columns";
    }
}
