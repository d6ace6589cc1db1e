namespace Microsoft.ML;

/// <summary>
/// Puts the columns that a mapping makes among those of its input: right behind the column whose name it hides, or at the end.
/// </summary>
internal sealed class ColumnBindings
{
    private readonly List<(bool IsSource, int Index)> _origins = [];

    public ColumnBindings(DataViewSchema input, DataViewSchema.DetachedColumn[] outputs)
    {
        var builder = new DataViewSchema.Builder();
        foreach (DataViewSchema.Column column in input)
        {
            builder.AddColumns([column]);
            _origins.Add((true, column.Index));
            if (!column.IsHidden)
                AddOutputs(builder, outputs, output => output.Name == column.Name);
        }
        AddOutputs(builder, outputs, output => input.GetColumnOrNull(output.Name) == null);
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public (bool IsSource, int Index) OriginOf(int column) => _origins[column];

    private void AddOutputs(
        DataViewSchema.Builder builder,
        DataViewSchema.DetachedColumn[] outputs,
        Func<DataViewSchema.DetachedColumn, bool> belongsHere)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            if (!belongsHere(outputs[i]))
                continue;
            builder.AddColumns([outputs[i]]);
            _origins.Add((false, i));
        }
    }
}
