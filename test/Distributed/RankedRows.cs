using System.Globalization;
using MLExtensions.TestSupport;

namespace MLExtensions.Distributed.Tests;

/// <summary>What the ranks train on.</summary>
internal static class RankedRows
{
    /// <summary>Writes 400 rows of five numbers, of which the last is the label.</summary>
    /// <returns>The path of the file.</returns>
    public static string Write(TestFolder folder)
    {
        string path = folder.File("data.csv");
        var random = new Random(1);
        File.WriteAllLines(path, Enumerable.Range(0, 400).Select(_ =>
        {
            double[] x = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble())];
            return string.Join(',', x.Append(x[0] - 2 * x[1] * x[2]).Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        }));
        return path;
    }
}
