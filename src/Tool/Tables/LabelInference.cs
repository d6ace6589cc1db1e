using System.Globalization;

namespace MLExtensions.Tool.Tables;

/// <summary>Decides what is predicted.</summary>
internal static class LabelInference
{
    private const int FewClasses = 10;
    private const int MostClasses = 1_000;

    /// <summary>The task that a label asks for, and why.</summary>
    /// <param name="label">What is in the label.</param>
    /// <param name="told">What the user says; null for nothing.</param>
    /// <exception cref="ToolException">It cannot be predicted, or not as told.</exception>
    public static (TableTask Task, string Reason) Of(ColumnProfile label, TableTask? told)
    {
        if (label.Present == 0)
            throw new ToolException($"The label '{label.Name}' is missing in all rows: expected a value to learn.");
        if (label.Distinct == 1)
            throw new ToolException($"The label '{label.Name}' has one value in all rows, '{label.Examples.First()}': expected two at least, to learn a difference.");
        if (told is { } task)
            return (Check(label, task), "as told");
        ColumnInference.RefuseDecimalCommas(label);
        if (label.Distinct == 2)
            return (TableTask.Binary, $"'{label.Name}' has two values");
        if (label.IsNumeric)
        {
            return label.WholeNumbers == label.Present && label.Distinct <= FewClasses && label.Present >= 10L * label.Distinct
                ? (TableTask.Multiclass, string.Create(CultureInfo.InvariantCulture, $"'{label.Name}' has {label.Distinct} whole values; --task regression to predict them as numbers"))
                : (TableTask.Regression, $"'{label.Name}' has numbers");
        }
        return (Check(label, TableTask.Multiclass), string.Create(CultureInfo.InvariantCulture, $"'{label.Name}' has {label.Distinct} values"));
    }

    private static TableTask Check(ColumnProfile label, TableTask task)
    {
        if (task == TableTask.Regression)
        {
            ColumnInference.RefuseDecimalCommas(label);
            if (!label.IsNumeric)
                throw new ToolException($"The label '{label.Name}': expected numbers for --task regression, got '{label.NoNumber?.Text}' in line {label.NoNumber?.Line}. Choose --task multiclass for texts, or mend the column.");
        }
        if (task == TableTask.Binary && label.Distinct != 2)
            throw new ToolException($"The label '{label.Name}': expected two values for --task binary, got {Count(label)}: {TableFile.ListOf([.. label.Examples.Take(5)])}... Choose --task multiclass.");
        if (task == TableTask.Multiclass && (label.Distinct > MostClasses || label.Distinct > Math.Max(2, label.Present / 2)))
        {
            string dates = label.Dates == label.Present ? " They are dates, which cannot be predicted: predict a number of days." : "";
            throw new ToolException($"The label '{label.Name}' has {Count(label)} different values in {Plural.Of(label.Present, "row", format: "N0")}, such as '{label.Examples.First()}': " +
                $"expected classes that recur, or numbers.{dates} Is it the right column?");
        }
        return task;
    }

    private static string Count(ColumnProfile label) => label.Distinct.ToString("N0", CultureInfo.InvariantCulture) + (label.HasMore ? " or more" : "");
}
