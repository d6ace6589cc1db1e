using System.Globalization;

namespace MLExtensions.Transforms.Table.Cells;

/// <summary>Texts, without the blanks around them.</summary>
internal sealed class TextCells(ValueGetter<ReadOnlyMemory<char>> getter, IReadOnlyList<string> missingTexts) : ColumnCells
{
    private readonly string[] _missingTexts = [.. missingTexts];
    private ReadOnlyMemory<char> _value;

    public override void Read()
    {
        getter(ref _value);
        _value = _value.Trim();
        foreach (string missing in _missingTexts)
        {
            if (_value.Span.SequenceEqual(missing))
                _value = default;
        }
    }

    public override double Number(int source) => Parse(_value.Span);

    public override ReadOnlySpan<char> Text(int source) => _value.Span;

    /// <summary>The number that a text is, whatever the culture of the machine; NaN where it is none that a <c>Single</c> holds.</summary>
    public static double Parse(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && float.IsFinite((float)number) ? number : double.NaN;
}
