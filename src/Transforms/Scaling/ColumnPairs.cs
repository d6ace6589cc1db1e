namespace MLExtensions.Transforms.Scaling;

/// <summary>The columns that a scaler was asked for, checked without data.</summary>
internal static class ColumnPairs
{
    /// <summary>Adds what is wrong with the names, and gives a copy that nobody else holds.</summary>
    public static InputOutputColumnPair[] Checked(IReadOnlyList<InputOutputColumnPair> columns, OptionFailures failures)
    {
        ArgumentNullException.ThrowIfNull(columns);

        InputOutputColumnPair[] copy = [.. columns];
        failures.Require(copy.Length > 0, "at least one column is needed");
        failures.Require(!copy.Contains(null), "a column pair is null");
        failures.Require(!copy.Any(pair => pair is { InputColumnName.Length: 0 }), "the name of an input column is empty");
        foreach (var sameOutput in copy.Where(pair => pair is not null).GroupBy(pair => pair.OutputColumnName).Where(group => group.Count() > 1))
            failures.Require(false, $"output column '{sameOutput.Key}' is named {sameOutput.Count()} times");
        return copy;
    }
}
