namespace MLExtensions.Trainers.Labels;

/// <summary>
/// The classes of a label in the order of the network's outputs, and the column that they were learned from: what a model must know to
/// give them back, and to read the label of rows that it is evaluated on.
/// </summary>
/// <param name="Count">The number of classes.</param>
/// <param name="Values">The values of the classes; null where the label had keys without values.</param>
/// <param name="IsKey">Whether the label was a key.</param>
internal sealed record ClassLabels(int Count, LabelValues? Values, bool IsKey)
{
    /// <summary>What stood in archives before they told of the label: true and false, of a column nobody knows.</summary>
    public static ClassLabels Boolean { get; } = new(2, new("Boolean", ["False", "True"]), IsKey: false);

    /// <summary>The name of the label column; null where the archive is older than that.</summary>
    public string? Column { get; init; }

    /// <summary>Whether the classes of keys without values are in the opposite order of the keys.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Why the last of two classes is the positive one, for the log; null where no class is, and in models from archives.</summary>
    public string? Reason { get; init; }

    /// <summary>The classes of a key column, in the order of its keys.</summary>
    public static ClassLabels OfKeys(DataViewSchema.Column column) =>
        new((int)((KeyDataViewType)column.Type).Count, LabelValues.Read(column), IsKey: true) { Column = column.Name };

    /// <summary>A class in words.</summary>
    public string NameOf(int index) => Values is { } values ? $"'{values.Texts[index]}'" : $"key {(IsReversed ? Count - index : index + 1)}";
}
