using System.Globalization;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>What a run is asked for.</summary>
internal sealed record AccuracyOptions
{
    public const string Usage = "accuracy [--quick] [--sets a,b] [--contenders a,b] [--seeds N|FIRST-LAST] [--markdown FILE] [--no-peers] [--python PATH]";

    /// <summary>The most rows to see, and to test, in a quick run.</summary>
    public const int QuickRows = 4000;

    /// <summary>The names of the sets; empty for all.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>The keys of the contenders; empty for all that are not on demand.</summary>
    public IReadOnlyList<string> Contenders { get; init; } = [];

    /// <summary>The number of seeds, from <see cref="FirstSeed"/> on.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>The first seed: a long run can be made in parts.</summary>
    public int FirstSeed { get; init; } = 1;

    /// <summary>Whether to learn few rows of each set, which takes minutes.</summary>
    public bool Quick { get; init; }

    /// <summary>A file that gets the results as markdown, after each set.</summary>
    public string? MarkdownPath { get; init; }

    /// <summary>Whether to measure Python's libraries too.</summary>
    public bool Peers { get; init; } = true;

    /// <summary>The Python to use; null for the one in PATH that has most of the libraries.</summary>
    public string? PythonPath { get; init; }

    /// <summary>The command line.</summary>
    public string Command { get; init; } = "accuracy";

    /// <summary>Reads a command line.</summary>
    /// <exception cref="UsageException">An argument is unknown or lacks its value.</exception>
    public static AccuracyOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new AccuracyOptions { Command = string.Join(' ', arguments.Prepend("accuracy")) };
        (int First, int Count)? seeds = null;
        using var rest = arguments.GetEnumerator();
        while (rest.MoveNext())
        {
            switch (rest.Current)
            {
                case "--quick":
                    options = options with { Quick = true };
                    break;
                case "--sets":
                    options = options with { Sets = Names(rest, "set", DataSets.All.Select(set => set.Name)) };
                    break;
                case "--contenders":
                    options = options with { Contenders = Names(rest, "contender", null) };
                    break;
                case "--seeds":
                    seeds = SeedsOf(rest);
                    break;
                case "--markdown":
                    options = options with { MarkdownPath = Value(rest) };
                    break;
                case "--no-peers":
                    options = options with { Peers = false };
                    break;
                case "--python":
                    options = options with { PythonPath = Value(rest) };
                    break;
                default:
                    throw new UsageException($"Expected an option of {Usage}, got '{rest.Current}'.");
            }
        }
        return options with { FirstSeed = seeds?.First ?? 1, Seeds = seeds?.Count ?? (options.Quick ? 1 : options.Seeds) };
    }

    /// <summary>Refuses names that are none.</summary>
    /// <exception cref="UsageException">One is none.</exception>
    public static void RequireKnown(string what, IEnumerable<string> names, IEnumerable<string> known)
    {
        if (names.Except(known).FirstOrDefault() is { } unknown)
            throw new UsageException($"There is no {what} '{unknown}': expected some of {string.Join(", ", known)}.");
    }

    private static string[] Names(IEnumerator<string> rest, string what, IEnumerable<string>? known)
    {
        string[] names = Value(rest).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        RequireKnown(what, names, known ?? names);
        return names;
    }

    private static string Value(IEnumerator<string> rest)
    {
        string option = rest.Current;
        return rest.MoveNext() ? rest.Current : throw new UsageException($"{option} needs a value.");
    }

    // "5" for the seeds 1 to 5, "2-5" for those.
    private static (int First, int Count) SeedsOf(IEnumerator<string> rest)
    {
        string option = rest.Current, value = Value(rest);
        int[] numbers = [.. value.Split('-').Select(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int seed) ? seed : 0)];
        return numbers switch
        {
            [> 0] => (1, numbers[0]),
            [> 0, _] when numbers[1] >= numbers[0] => (numbers[0], numbers[1] - numbers[0] + 1),
            _ => throw new UsageException($"{option} must be a whole number of at least 1, or two such as 2-5, got '{value}'."),
        };
    }
}
