namespace MLExtensions.Networks.SavedModels;

/// <summary>The classes of a label that was read from an archive, in the order of the network's outputs.</summary>
internal sealed class SavedClasses
{
    private readonly int _count;
    private readonly bool _isReversed;

    /// <summary>Takes the classes of an archive.</summary>
    /// <param name="saved">What the archive says.</param>
    /// <param name="count">The number of classes.</param>
    /// <param name="ofOld">The classes of archives that do not tell of them.</param>
    /// <exception cref="FormatException">Values and label contradict one another.</exception>
    public SavedClasses(SavedNetwork saved, int count, IReadOnlyList<string>? ofOld)
    {
        saved.Labels?.Check(count);
        if (saved.Label is { } label && (label.Column.Length == 0 || !label.IsKey && saved.Labels is null))
            throw new FormatException("the label has no name, or is no key and has no values");

        _count = count;
        _isReversed = saved.Label?.IsReversed ?? false;
        Column = saved.Label?.Column;
        Names = saved.Labels?.Texts ?? (saved.Label is null ? ofOld : null);
    }

    /// <summary>The name of the label column.</summary>
    public string? Column { get; }

    /// <summary>The values; null for keys without values.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>A class as text: its value, or the number of its key.</summary>
    public string LabelOf(int index) => Names?[index] ?? Invariant($"{(_isReversed ? _count - index : index + 1)}");
}
