using System.Globalization;

namespace MLExtensions.Networks.SavedModels;

/// <summary>The value of one column of a row that is being filled: read as a number or as a text, whatever its type.</summary>
internal abstract class TableCell(string column, string type)
{
    // The least and the greatest of the types of whole numbers.
    private static readonly Dictionary<string, (long Least, ulong Greatest)> s_whole = new()
    {
        ["SByte"] = (sbyte.MinValue, (ulong)sbyte.MaxValue),
        ["Byte"] = (0, byte.MaxValue),
        ["Int16"] = (short.MinValue, (ulong)short.MaxValue),
        ["UInt16"] = (0, ushort.MaxValue),
        ["Int32"] = (int.MinValue, int.MaxValue),
        ["UInt32"] = (0, uint.MaxValue),
        ["Int64"] = (long.MinValue, long.MaxValue),
        ["UInt64"] = (0, ulong.MaxValue),
    };

    /// <summary>Makes the cell of a column; null for types that are not read here.</summary>
    /// <param name="column">The column.</param>
    /// <param name="missingTexts">The texts that stand for no value.</param>
    public static TableCell? Of(SavedTableColumn column, IReadOnlyList<string> missingTexts) => (column.Type, s_whole.TryGetValue(column.Type.Item, out var range)) switch
    {
        ({ VectorSize: { } size, Item: "Single" or "Double" }, _) => new VectorCell(column.Name, size),
        ({ VectorSize: not null }, _) => null,
        ({ KeyCount: not null }, true) => column.HasKeyValues ? new TextCell(column.Name, "a key by the text of its value", []) : new WholeCell(column.Name, "a key by its number", 0, range.Greatest, isKey: true),
        ({ Item: "String" }, _) => new TextCell(column.Name, "text", missingTexts),
        ({ Item: "Boolean" }, _) => new BooleanCell(column.Name),
        ({ Item: "Single" }, _) => new RealCell(column.Name, isSingle: true),
        ({ Item: "Double" }, _) => new RealCell(column.Name, isSingle: false),
        (_, true) => new WholeCell(column.Name, column.Type.Item, range.Least, range.Greatest, isKey: false),
        _ => null,
    };

    /// <summary>The name of the column.</summary>
    public string Column => column;

    /// <summary>What the column holds, in words.</summary>
    public string Type => type;

    /// <summary>Forgets the value.</summary>
    public abstract void Clear();

    /// <summary>Takes a text.</summary>
    public virtual void Set(ReadOnlySpan<char> text) => throw Wrong("text");

    /// <summary>Takes a number.</summary>
    public virtual void Set(double number) => throw Wrong("a number");

    /// <summary>Takes a whole number.</summary>
    public virtual void Set(long number) => Set((double)number);

    /// <summary>Takes a truth value.</summary>
    public virtual void Set(bool value) => throw Wrong("a truth value");

    /// <summary>Takes the numbers of a vector.</summary>
    public virtual void Set(ReadOnlySpan<float> numbers) => throw Wrong("numbers");

    /// <summary>The value as a number; NaN where it is missing or is none.</summary>
    public abstract double Number(int source);

    /// <summary>The value as a text; empty where it is missing.</summary>
    public abstract ReadOnlySpan<char> Text(int source);

    private protected ArgumentException Wrong(string got) => new($"Column '{column}' holds {type}, got {got}.");

    /// <summary>What has no missing value must be given one.</summary>
    private protected InvalidOperationException NotSet() => new($"Column '{column}' holds {type}, of which none is missing: set it.");
}

/// <summary>Texts, without the blanks around them; and keys, by the texts of their values.</summary>
internal sealed class TextCell(string column, string type, IReadOnlyList<string> missingTexts) : TableCell(column, type)
{
    private string _value = "";

    public override void Clear() => _value = "";

    public override void Set(ReadOnlySpan<char> text)
    {
        string value = text.Trim().ToString();
        _value = missingTexts.Contains(value) ? "" : value;
    }

    public override double Number(int source) =>
        double.TryParse(_value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && float.IsFinite((float)number) ? number : double.NaN;

    public override ReadOnlySpan<char> Text(int source) => _value;
}

/// <summary>Truth values: as numbers 0 and 1, as texts <c>False</c> and <c>True</c>.</summary>
internal sealed class BooleanCell(string column) : TableCell(column, "a truth value")
{
    private bool? _value;

    public override void Clear() => _value = null;

    public override void Set(bool value) => _value = value;

    public override double Number(int source) => (_value ?? throw NotSet()) ? 1 : 0;

    public override ReadOnlySpan<char> Text(int source) => (_value ?? throw NotSet()) ? bool.TrueString : bool.FalseString;
}

/// <summary>Numbers that may be missing, rounded to the type that training had.</summary>
internal sealed class RealCell(string column, bool isSingle) : TableCell(column, isSingle ? "Single" : "Double")
{
    private double _value = double.NaN;

    public override void Clear() => _value = double.NaN;

    public override void Set(double number) => _value = isSingle ? (float)number : number;

    public override double Number(int source) => _value;

    // Negative zero is zero.
    public override ReadOnlySpan<char> Text(int source) => double.IsNaN(_value) ? [] : _value == 0 ? "0"
        : isSingle ? ((float)_value).ToString(CultureInfo.InvariantCulture) : _value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Whole numbers of a type; and keys without values, of which 0 is missing.</summary>
internal sealed class WholeCell(string column, string type, long least, ulong greatest, bool isKey) : TableCell(column, type)
{
    private Int128? _value;

    public override void Clear() => _value = isKey ? 0 : null;

    public override void Set(double number)
    {
        if (!double.IsInteger(number) || Math.Abs(number) > ulong.MaxValue)
            throw Wrong(number.ToString(CultureInfo.InvariantCulture));
        Set((Int128)number);
    }

    public override void Set(long number) => Set((Int128)number);

    public override double Number(int source) => isKey && _value == 0 ? double.NaN : (double)(_value ?? throw NotSet());

    public override ReadOnlySpan<char> Text(int source) => isKey && _value == 0 ? [] : (_value ?? throw NotSet()).ToString(CultureInfo.InvariantCulture);

    private void Set(Int128 number) => _value = number >= least && number <= greatest ? number : throw Wrong(number.ToString(CultureInfo.InvariantCulture));
}

/// <summary>The slots of a vector of numbers.</summary>
internal sealed class VectorCell(string column, int size) : TableCell(column, Invariant($"a vector of {size} numbers"))
{
    private readonly float[] _values = [.. Enumerable.Repeat(float.NaN, size)];

    public override void Clear() => Array.Fill(_values, float.NaN);

    public override void Set(ReadOnlySpan<float> numbers)
    {
        if (numbers.Length != size)
            throw Wrong(Plural.Of(numbers.Length, "number"));
        numbers.CopyTo(_values);
    }

    public override double Number(int source) => _values[source];

    public override ReadOnlySpan<char> Text(int source) => throw new NotSupportedException("A slot of a vector is a number.");
}
