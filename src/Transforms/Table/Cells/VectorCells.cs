namespace MLExtensions.Transforms.Table.Cells;

/// <summary>The slots of a vector of numbers.</summary>
internal sealed class VectorCells(DataViewRow row, DataViewSchema.Column column) : ColumnCells
{
    private readonly NumbersOfRow _numbers = NumbersOfRow.Of(row, column);
    private readonly double[] _values = new double[ScalableTypes.SlotsOf(column.Type)];

    public override void Read() => _numbers.Read().CopyTo(_values);

    public override double Number(int source) => _values[source];

    public override ReadOnlySpan<char> Text(int source) => throw new NotSupportedException("A slot of a vector is a number.");
}
