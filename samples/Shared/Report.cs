using System.Globalization;
using Spectre.Console;

namespace MLExtensions.Samples;

/// <summary>What the samples print: headings, lines, a table of metrics.</summary>
internal static class Report
{
    public static void Heading(string text) => Console.WriteLine($"{Environment.NewLine}{text}{Environment.NewLine}{new string('-', text.Length)}");

    public static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    public static void Text(string text) => Console.WriteLine(text);

    /// <summary>Prints one row of values for each fold and their mean.</summary>
    public static void Folds(string[] metrics, IReadOnlyList<double[]> folds)
    {
        var table = new Table().AddColumn("fold").AddColumns(metrics);
        foreach (var (index, fold) in folds.Index())
            table.AddRow([(index + 1).ToString(CultureInfo.InvariantCulture), .. fold.Select(Format)]);
        table.AddRow(["mean", .. metrics.Select((_, metric) => Format(folds.Average(fold => fold[metric])))]);
        AnsiConsole.Write(table);
    }

    private static string Format(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
