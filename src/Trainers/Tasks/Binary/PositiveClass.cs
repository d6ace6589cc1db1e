namespace MLExtensions.Trainers.Tasks.Binary;

/// <summary>
/// Which of two values a model tells the probability of: the one that the options name, or else the one that is true by itself, or else
/// the rarer, whatever the order of the rows.
/// </summary>
internal static class PositiveClass
{
    /// <summary>The classes of a label that was read, the negative one first.</summary>
    /// <param name="label">The label column.</param>
    /// <param name="weights">The weight of the training rows of each code.</param>
    /// <param name="named">The positive value by the options, or null.</param>
    /// <returns>The classes, and the code of the positive one.</returns>
    /// <exception cref="InvalidOperationException">The training rows have more or fewer values than two.</exception>
    /// <exception cref="ArgumentException">The named value is none of the two.</exception>
    public static (ClassLabels Classes, int Positive) Choose(LabelColumn label, double[] weights, string? named)
    {
        bool isKey = label.Index is null;
        var values = isKey ? LabelValues.Read(label.Column) : TwoValuesOf(label);
        // Keys without values are known by their number.
        var names = values ?? new LabelValues("UInt32", ["1", "2"]);
        var (positive, reason) = named is null ? Choose(names, values is null, weights) : (Find(names, named, label.Column.Name), "by PositiveLabel");
        var ordered = values is null ? null : values with { Texts = [values.Texts[1 - positive], values.Texts[positive]] };
        return (new ClassLabels(2, ordered, isKey) { Column = label.Column.Name, IsReversed = isKey && values is null && positive == 0, Reason = reason }, positive);
    }

    private static LabelValues TwoValuesOf(LabelColumn label)
    {
        var index = label.Index!;
        var values = index.ValuesOf(Enumerable.Range(0, index.Count));
        // Of 0 and 1 (and of false and true) each is known by the other.
        if (index.Count == 1 && values.LabelType is { ItemType: NumberDataViewType } type && values.Texts[0] is "0" or "1")
        {
            index.Learn(values.Texts[0] == "0" ? "1" : "0");
            values = index.ValuesOf([0, 1]);
        }
        if (values.Texts.Count == 2)
            return values;
        throw new InvalidOperationException($"Label column '{label.Column.Name}' has {values.Describe()} in the training rows: expected two, of which one is positive. " +
            "Check the label, or whether the data is sorted by it and cut.");
    }

    private static (int Positive, string Reason) Choose(LabelValues values, bool areKeys, double[] weights)
    {
        if (!areKeys && values.ToNumbers() is [var first, var second] && first > 0 != second > 0)
            return (second > 0 ? 1 : 0, values.LabelType.ItemType is BooleanDataViewType ? "being true" : "the only one above 0; set PositiveLabel to choose");
        if (weights[0] != weights[1])
            return (weights[0] < weights[1] ? 0 : 1, Invariant($"the rarer of the two ({100 * weights.Min() / weights.Sum():0.#} % of the training rows); set PositiveLabel to choose"));

        int[] order = values.LabelType.IndexOf(values.Texts).Sort();
        return (order[1], "the larger of two that are equally frequent; set PositiveLabel to choose");
    }

    private static int Find(LabelValues values, string named, string column)
    {
        int index = values.IndexOf(named);
        return index >= 0 ? index
            : throw new ArgumentException($"PositiveLabel is '{named}', not among the {values.Describe()} of label column '{column}'." +
                (NearestName.Of(named, values.Texts) is { } meant ? $" Did you mean '{meant}'?" : ""));
    }
}
