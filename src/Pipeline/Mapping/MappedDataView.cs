using Microsoft.ML;

namespace MLExtensions.Pipeline.Mapping;

/// <summary>A view with columns added to another view's, computed when a cursor asks for them.</summary>
internal sealed class MappedDataView(IDataView input, BoundMapping mapping) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => mapping.OutputSchema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, System.Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        return new MappedCursor(input.GetRowCursor(mapping.InputsOf(columns), rand), mapping, columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, System.Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        var cursors = input.GetRowCursorSet(mapping.InputsOf(columns), n, rand);
        return Array.ConvertAll(cursors, cursor => (DataViewRowCursor)new MappedCursor(cursor, mapping, columns));
    }
}
