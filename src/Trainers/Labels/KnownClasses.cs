namespace MLExtensions.Trainers.Labels;

/// <summary>Labels by the classes that a model knows already.</summary>
internal static class KnownClasses
{
    /// <summary>Makes numbers of the model's classes of the values that were read.</summary>
    /// <param name="label">The label column.</param>
    /// <param name="targets">The codes of the values of all rows, in place of which numbers of classes are put.</param>
    /// <param name="numbers">The number of each row in its view; null where none was left out.</param>
    /// <param name="known">The classes of the model.</param>
    /// <param name="positive">The positive value by the options, or null.</param>
    /// <exception cref="InvalidOperationException">A row has a value that is none of them, or another one is positive.</exception>
    public static LabelColumn Apply(LabelColumn label, float[] targets, long[]? numbers, ClassLabels known, string? positive = null)
    {
        if (positive is not null && known.Values is { } values && values.IndexOf(positive) != 1)
            throw new InvalidOperationException($"PositiveLabel is '{positive}', and the model to start from gives the probability of '{values.Texts[1]}': leave PositiveLabel at null, or train anew.");

        var (classOf, nameOf) = ClassesOf(label, known);
        for (int row = 0; row < targets.Length; row++)
        {
            int code = (int)targets[row], index = code < classOf.Length ? classOf[code] : -1;
            if (index < 0)
            {
                throw new InvalidOperationException($"Row {numbers?[row] ?? row} has the label {nameOf(code)} in column '{label.Column.Name}', which the model to start from does not know" +
                    $"{(known.Values is null ? Invariant($": it has {known.Count} keys") : $": it has {known.Values.Describe()}")}. Leave such rows out, or train a model anew.");
            }
            targets[row] = index;
        }
        return label with { Classes = known with { Column = label.Column.Name, Reason = null } };
    }

    // The class of each code that values were read as, -1 for none, and what they stand for.
    private static (int[] ClassOf, Func<int, string> NameOf) ClassesOf(LabelColumn label, ClassLabels known)
    {
        var values = label.Index is { } index ? index.ValuesOf(Enumerable.Range(0, index.Count)) : LabelValues.Read(label.Column);
        if (values is not null && known.Values is not null)
            return ([.. values.Texts.Select(known.Values.IndexOf)], code => $"'{values.Texts[code]}'");
        if (values is null && known.Values is null)
            return ([.. Enumerable.Range(0, known.Count).Select(key => known.IsReversed ? known.Count - 1 - key : key)], code => Invariant($"key {code + 1}"));
        throw new InvalidOperationException(known.Values is null
            ? $"Label column '{label.Column.Name}' has values, and the model to start from was trained on keys without values: expected such a key column."
            : $"Label column '{label.Column.Name}' has keys without values, and the model to start from knows {known.Values.Describe()}: expected these values, or keys of them.");
    }
}
