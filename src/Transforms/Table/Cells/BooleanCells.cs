namespace MLExtensions.Transforms.Table.Cells;

/// <summary>Truth values: as numbers 0 and 1, as texts <c>False</c> and <c>True</c>.</summary>
internal sealed class BooleanCells(ValueGetter<bool> getter) : ColumnCells
{
    private bool _value;

    public override void Read() => getter(ref _value);

    public override double Number(int source) => _value ? 1 : 0;

    public override ReadOnlySpan<char> Text(int source) => _value ? bool.TrueString : bool.FalseString;
}
