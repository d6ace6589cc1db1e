using System.Globalization;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>A feature of all rows: numbers, NaN where one is missing, or the texts of categories.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Numbers">The numbers; null where the column is one of categories.</param>
/// <param name="Texts">The categories; null where the column is one of numbers.</param>
internal sealed record Feature(string Name, float[]? Numbers, string[]? Texts);

/// <summary>A data set in memory.</summary>
/// <param name="Features">The features.</param>
/// <param name="Targets">The label of each row: a number, or the index of its class.</param>
/// <param name="Classes">The classes in ordinal order; empty where the label is a number.</param>
internal sealed record Table(IReadOnlyList<Feature> Features, float[] Targets, IReadOnlyList<string> Classes)
{
    public int Rows => Targets.Length;

    /// <summary>The names of the features that are categories.</summary>
    public IEnumerable<string> Categories => Features.Where(feature => feature.Texts is not null).Select(feature => feature.Name);

    /// <summary>The number of scores of a row: one, or one for each of several classes.</summary>
    public int Outputs => Classes.Count > 2 ? Classes.Count : 1;

    /// <summary>Reads a data set.</summary>
    public static Table Read(DataSet set)
    {
        string[] header = File.ReadLines(set.Paths[0]).First().Split(',');
        string[][] rows = [.. set.Paths.SelectMany(path => File.ReadLines(path).Skip(1)).Select(line => line.Split(','))];
        string[] labels = ColumnOf(rows, Array.IndexOf(header, set.Label));
        string[] classes = set.IsClassification ? [.. labels.Distinct().Order(StringComparer.Ordinal)] : [];
        return new Table(
            [.. header.Index().Where(column => column.Item != set.Label && !set.Dropped.Contains(column.Item)).Select(column => ToFeature(column.Item, ColumnOf(rows, column.Index)))],
            [.. labels.Select(label => set.IsClassification ? Array.IndexOf(classes, label) : float.Parse(label, CultureInfo.InvariantCulture))],
            classes);
    }

    private static string[] ColumnOf(string[][] rows, int index) => [.. rows.Select(row => row[index])];

    // A column whose values are all numbers, or missing, is one of numbers.
    private static Feature ToFeature(string name, string[] texts)
    {
        var numbers = new float[texts.Length];
        for (int row = 0; row < texts.Length; row++)
        {
            if (texts[row] == "?")
                numbers[row] = float.NaN;
            else if (!float.TryParse(texts[row], CultureInfo.InvariantCulture, out numbers[row]))
                return new Feature(name, null, texts);
        }
        return new Feature(name, numbers, null);
    }
}
