using System.Globalization;
using System.Text.RegularExpressions;

namespace MLExtensions.Distributed.Tests;

/// <summary>The line with which a rank ends.</summary>
internal static partial class RankedResult
{
    /// <summary>A hash of the weights.</summary>
    public static string WeightsOf(string line) => Weights().Match(line).Groups[1].Value;

    /// <summary>The last loss of the validation rows.</summary>
    public static double LossOf(string line) => double.Parse(Loss().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>The time from the end of the first epoch to that of the last.</summary>
    public static double SecondsOf(string line) => double.Parse(Seconds().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("weights ([0-9A-F]+)")]
    private static partial Regex Weights();

    [GeneratedRegex(", loss ([^,]+),")]
    private static partial Regex Loss();

    [GeneratedRegex(", seconds ([^,]+),")]
    private static partial Regex Seconds();
}
