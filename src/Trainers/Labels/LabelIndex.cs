namespace MLExtensions.Trainers.Labels;

/// <summary>
/// The values that a label takes, each with a code in the order in which they were met. While training rows are read it learns them;
/// closed, it knows no others.
/// </summary>
internal abstract class LabelIndex
{
    /// <summary>The most classes that a label may have: each is a unit of the network's last layer.</summary>
    public const int MaximumClasses = 1_000_000;

    /// <summary>The number of values.</summary>
    public abstract int Count { get; }

    /// <summary>Whether no value is learned any more.</summary>
    protected bool IsClosed { get; private set; }

    /// <summary>Learns no further values.</summary>
    public void Close() => IsClosed = true;

    /// <summary>Learns a value, given as text, that is new.</summary>
    public abstract void Learn(string text);

    /// <summary>Makes the reader of a cursor's labels: their codes, NaN where one is missing.</summary>
    /// <exception cref="InvalidOperationException">A value is new to a closed index, infinite, or one too many.</exception>
    public abstract LabelReader CreateReader(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Makes a getter of keys: the code of the present row's label counted from 1, or 0 where it is missing or unknown.</summary>
    public abstract ValueGetter<uint> CreateKeyGetter(DataViewRow row, DataViewSchema.Column column);

    /// <summary>The codes in ascending order of their values.</summary>
    public abstract int[] Sort();

    /// <summary>The values of codes, as text.</summary>
    public abstract LabelValues ValuesOf(IEnumerable<int> codes);
}

/// <summary>The values of a label of one type.</summary>
internal sealed class LabelIndex<T>(LabelType<T> type, int limit) : LabelIndex
    where T : notnull
{
    private readonly Dictionary<T, int> _codes = new(type.Order as IEqualityComparer<T>);
    private readonly List<T> _values = [];

    public override int Count => _values.Count;

    /// <summary>Learns a value that is new.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public int Add(T value)
    {
        T own = type.Keep(value);
        if (!_codes.TryAdd(own, _values.Count))
            throw new FormatException($"label '{type.Format(value)}' is there twice");
        _values.Add(own);
        return _values.Count - 1;
    }

    public override void Learn(string text) => Add(type.Parse(text));

    public override LabelReader CreateReader(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return destination =>
        {
            getter(ref value);
            destination[0] = type.IsMissing(value) ? float.NaN
                : _codes.TryGetValue(value, out int code) ? code
                : !IsClosed && !type.IsRefused(value) && Count < limit ? Add(value)
                : throw Refused(value, row, column);
        };
    }

    public override ValueGetter<uint> CreateKeyGetter(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return (ref uint key) =>
        {
            getter(ref value);
            key = !type.IsMissing(value) && _codes.TryGetValue(value, out int code) ? (uint)code + 1 : 0;
        };
    }

    public override int[] Sort()
    {
        int[] codes = [.. Enumerable.Range(0, Count)];
        Array.Sort(codes, (first, second) => type.Order.Compare(_values[first], _values[second]));
        return codes;
    }

    public override LabelValues ValuesOf(IEnumerable<int> codes) => new(type.Name, [.. codes.Select(code => type.Format(_values[code]))]);

    private InvalidOperationException Refused(T value, DataViewRow row, DataViewSchema.Column column)
    {
        string text = type.Format(value);
        if (type.IsRefused(value))
            return new(Invariant($"Row {row.Position} (counted from 0) of label column '{column.Name}' has {text}: expected a finite number."));
        if (!IsClosed && limit == 2)
        {
            return new(Invariant($"Row {row.Position} (counted from 0) of label column '{column.Name}' of the training data has '{text}', beside '{type.Format(_values[0])}' and ") +
                $"'{type.Format(_values[1])}': expected two values, of which one is positive. Tell more classes apart with ml.MulticlassClassification.");
        }
        return IsClosed
            ? new(Invariant($"Row {row.Position} (counted from 0) of label column '{column.Name}' of the validation data has '{text}', not among the ") +
                $"{ValuesOf(Enumerable.Range(0, Count)).Describe()} of the training rows. Validate on rows of the same classes, or train on some of that class.")
            : new(Invariant($"Label column '{column.Name}' has more than {MaximumClasses:N0} different values, of which each would be a unit of the network's last ") +
                "layer: it is an identifier or a number, and no class. Choose another label column, or train a regression on it.");
    }
}
