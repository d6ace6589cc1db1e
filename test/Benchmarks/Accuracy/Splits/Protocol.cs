using System.Globalization;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>How the rows of a table are divided, for each seed.</summary>
internal abstract record Protocol
{
    /// <summary>In words, for the report.</summary>
    public abstract string InWords { get; }

    /// <summary>The splits of a seed; their metrics are averaged.</summary>
    public abstract IEnumerable<Split> Splits(Table table, int seed);

    private protected static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>Shares of all rows at random, anew for each seed.</summary>
/// <param name="Test">The share of the test rows.</param>
/// <param name="Validation">The share of the validation rows.</param>
internal sealed record RandomSplits(double Test, double Validation = 0) : Protocol
{
    public override string InWords => Validation > 0
        ? $"random {Percent(1 - Test - Validation)}/{Percent(Validation)}/{Percent(Test)} (training, validation, test) for each seed"
        : $"random {Percent(1 - Test)}/{Percent(Test)} for each seed";

    public override IEnumerable<Split> Splits(Table table, int seed)
    {
        int[] rows = Split.Shuffled(Enumerable.Range(0, table.Rows), seed);
        int test = (int)Math.Round(Test * rows.Length), validation = (int)Math.Round(Validation * rows.Length);
        yield return new(rows[(test + validation)..], rows[test..(test + validation)], rows[..test]);
    }
}

/// <summary>The first rows train and the others test, as they always have; validation rows are random ones of the former.</summary>
/// <param name="FirstTestRow">The first test row.</param>
/// <param name="Validation">The share of the validation rows in those before it.</param>
internal sealed record GivenTestRows(int FirstTestRow, double Validation = 0) : Protocol
{
    public override string InWords => string.Create(CultureInfo.InvariantCulture, $"rows 1-{FirstTestRow:N0} train, the rest test")
        + (Validation > 0 ? $"; {Percent(Validation)} % of the former validate" : "");

    public override IEnumerable<Split> Splits(Table table, int seed)
    {
        int[] rows = Split.Shuffled(Enumerable.Range(0, FirstTestRow), seed);
        int validation = (int)Math.Round(Validation * rows.Length);
        yield return new(rows[validation..], rows[..validation], [.. Enumerable.Range(FirstTestRow, table.Rows - FirstTestRow)]);
    }
}

/// <summary>Cross-validation: each part tests once. Classes have their share in each part.</summary>
/// <param name="Count">The number of parts.</param>
internal sealed record Folds(int Count) : Protocol
{
    public override string InWords => $"{Count}-fold cross-validation, folds anew for each seed";

    public override IEnumerable<Split> Splits(Table table, int seed)
    {
        int[] shuffled = Split.Shuffled(Enumerable.Range(0, table.Rows), seed);
        // Dealt out class by class, each class goes on where the one before it ended.
        int[] ordered = table.Classes.Count > 0 ? [.. shuffled.OrderBy(row => table.Targets[row])] : shuffled;
        var parts = ordered.Index().GroupBy(item => item.Index % Count, item => item.Item).OrderBy(part => part.Key).Select(part => part.ToArray()).ToArray();
        return parts.Select((test, fold) => new Split(Split.Shuffled(parts.Where((_, other) => other != fold).SelectMany(part => part), seed), [], test));
    }
}
