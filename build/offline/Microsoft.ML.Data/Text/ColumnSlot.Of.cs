using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal sealed class ColumnSlot<TValue> : ColumnSlot
{
    private readonly string _name;
    private readonly int[] _sources;
    private readonly bool _isVector;
    private readonly Func<string, (bool IsGood, TValue Value)> _parse;
    private readonly bool _emptyIsExplicit;
    private readonly TValue[] _values;
    private readonly int[] _indices;
    private int _count;

    public ColumnSlot(string name, int[] sources, bool isVector, DataViewType item, bool missingRealsAsNaNs)
    {
        _name = name;
        _sources = sources;
        _isVector = isVector;
        _emptyIsExplicit = missingRealsAsNaNs && (typeof(TValue) == typeof(float) || typeof(TValue) == typeof(double));
        _parse = MakeParser(item, missingRealsAsNaNs);
        _values = new TValue[sources.Length];
        _indices = new int[sources.Length];
    }

    public override void Parse(List<string> fields, long lineNumber)
    {
        _count = 0;
        if (!_isVector)
            _values[0] = default;
        for (int i = 0; i < _sources.Length; i++)
        {
            string field = _sources[i] < fields.Count ? fields[_sources[i]] : "";
            if (field.Length == 0 && !_emptyIsExplicit)
                continue;
            (bool isGood, TValue value) = _parse(field);
            if (!isGood)
                throw Fail(field, i, lineNumber);
            _values[_count] = value;
            _indices[_count++] = i;
        }
    }

    public override Delegate MakeGetter()
        => _isVector ? (ValueGetter<VBuffer<TValue>>)GetVector : (ValueGetter<TValue>)((ref TValue value) => value = _values[0]);

    /// <summary>Sparse when at most half of the fields hold anything.</summary>
    private void GetVector(ref VBuffer<TValue> value)
    {
        int length = _sources.Length;
        bool isSparse = _count <= length / 2 && _count < length;
        VBufferEditor<TValue> editor = VBufferEditor.Create(ref value, length, isSparse ? _count : length);
        if (!isSparse)
            editor.Values.Clear();
        for (int i = 0; i < _count; i++)
        {
            if (isSparse)
                editor.Indices[i] = _indices[i];
            editor.Values[isSparse ? i : _indices[i]] = _values[i];
        }
        value = editor.Commit();
    }

    private FormatException Fail(string field, int slot, long lineNumber)
    {
        string message = _isVector
            ? $"Could not parse value {field} in slot {slot} of column {_name} in line {lineNumber}"
            : $"Could not parse value {field} in line {lineNumber}, column {_name}";
        return Contracts.ExceptDecode($"Parsing failed with an exception: {message}", Contracts.Except(message));
    }

    private static Func<string, (bool IsGood, TValue Value)> MakeParser(DataViewType item, bool missingRealsAsNaNs)
    {
        if (typeof(TValue) == typeof(ReadOnlyMemory<char>))
            return text => (true, (TValue)(object)text.AsMemory());
        if (typeof(TValue) == typeof(float))
            return text => (true, (TValue)(object)TextParsing.ParseSingle(text, missingRealsAsNaNs ? float.NaN : 0));
        if (typeof(TValue) == typeof(double))
            return text => (true, (TValue)(object)TextParsing.ParseDouble(text, missingRealsAsNaNs ? double.NaN : 0));
        if (item is KeyDataViewType key)
            return text => (true, ParseKey(text, key.Count));
        return text => (TextParsing.TryParse(text, out TValue value), value);
    }

    /// <summary>Files hold zero-based indices. Whatever is not one of them is a missing key.</summary>
    private static TValue ParseKey(string text, ulong count)
        => ulong.TryParse(text, out ulong index) && index < count
            ? (TValue)Convert.ChangeType(index + 1, typeof(TValue))
            : default;
}
