using System.Diagnostics;

namespace MLExtensions.Trainers.ColumnEffects;

/// <summary>Measures a model on rows in which columns are permuted.</summary>
internal static class ColumnPermutation
{
    public static ColumnImportances Run(ITransformer model, IDataView data, Func<IDataView, double> metric, PermutationColumnImportanceOptions options)
    {
        var groups = GroupsOf(model, data.Schema, options);
        var rows = KeptRows.Read(data, options.MaximumRows, options.Seed);
        int[][] places = [.. groups.Select(group => group.Select(name => rows.Schema[name].Index).ToArray())];

        double asTheyAre = Measure(new Dictionary<int, int[]>());
        double[][] losses = [.. groups.Select(_ => new double[options.Repeats])];
        long start = Stopwatch.GetTimestamp();
        int repeats = 0;
        for (; repeats < options.Repeats && (repeats < 2 || options.TimeLimit is not { } limit || Stopwatch.GetElapsedTime(start) < limit); repeats++)
        {
            for (int group = 0; group < groups.Count; group++)
            {
                // The same for a column whatever others are permuted beside it.
                int[] order = [.. Enumerable.Range(0, rows.Count)];
                new RandomStream(options.Seed, Invariant($"permutation {repeats} of {string.Join('\n', groups[group])}")).Shuffle<int>(order);
                double permuted = Measure(places[group].ToDictionary(place => place, _ => order));
                losses[group][repeats] = options.LowerIsBetter ? permuted - asTheyAre : asTheyAre - permuted;
            }
        }

        double quantile = StudentDistribution.Quantile(0.5 + options.Confidence / 2, repeats - 1);
        var columns = groups.Select((group, index) => Summarize(group, losses[index].AsSpan(0, repeats), quantile));
        return new([.. columns.OrderByDescending(column => column.Mean)], asTheyAre, rows.Count, repeats, options.Confidence);

        double Measure(Dictionary<int, int[]> orders)
        {
            double value = metric(model.Transform(new ReorderedView(rows, orders)));
            return double.IsFinite(value) ? value : throw new InvalidOperationException(Invariant($"The metric is {value} on {rows.Count} rows: expected a finite number. Give more rows, or another metric."));
        }
    }

    // The metric of the rows as they are is one draw itself, with the spread of those that are permuted where the column says nothing: hence
    // 1 + 1 / n, as for a single further observation, and not 1 / n.
    private static ColumnImportance Summarize(IReadOnlyList<string> group, ReadOnlySpan<double> losses, double quantile)
    {
        double mean = 0, squares = 0;
        foreach (double loss in losses)
            mean += loss / losses.Length;
        foreach (double loss in losses)
            squares += (loss - mean) * (loss - mean);
        double deviation = Math.Sqrt(squares / (losses.Length - 1)), half = quantile * deviation * Math.Sqrt(1 + 1.0 / losses.Length);
        return new(group, mean, deviation, mean - half, mean + half);
    }

    private static List<IReadOnlyList<string>> GroupsOf(ITransformer model, DataViewSchema schema, PermutationColumnImportanceOptions options)
    {
        var grouped = options.Groups.SelectMany(group => group).ToList();
        var single = options.Columns ?? ScoreDependencies.Of(model, schema)?.Except(grouped).ToList()
            ?? (grouped.Count > 0 ? [] : throw new ArgumentException("The model does not tell which columns its predictions are made of: name them in Columns.", nameof(options)));
        foreach (string name in single.Concat(grouped))
            SchemaChecks.Require(schema, "permuted", name, "a column of any type", _ => true);
        return [.. single.Select(name => (IReadOnlyList<string>)[name]), .. options.Groups];
    }
}
