namespace MLExtensions.Trainers.Labels;

/// <summary>What archives say of the label of a classification beside the values of its classes.</summary>
/// <param name="Column">The name of the label column.</param>
/// <param name="IsKey">Whether the label was a key.</param>
/// <param name="IsReversed">Whether the classes of keys without values are in the opposite order of the keys.</param>
internal sealed record LabelPart(string Column, bool IsKey, bool IsReversed = false)
{
    /// <summary>The part of some classes; null where a model is older than it.</summary>
    public static LabelPart? Of(ClassLabels classes) => classes.Column is { } column ? new(column, classes.IsKey, classes.IsReversed) : null;

    /// <summary>The classes that an archive tells.</summary>
    /// <exception cref="FormatException">Values and part contradict one another.</exception>
    public ClassLabels ToClasses(int count, LabelValues? values)
    {
        values?.Check(count);
        if (string.IsNullOrEmpty(Column))
            throw new FormatException("the name of the label column is empty");
        if (!IsKey && values is null)
            throw new FormatException("labels that are no keys need their values");
        return new ClassLabels(count, values, IsKey) { Column = Column, IsReversed = IsReversed };
    }
}
