using System.Globalization;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>What a run is asked for.</summary>
internal sealed record SpeedOptions
{
    public const string Usage = "speed [training|presets|scoring|data|cost|rows|startup]... [--json] [--markdown FILE] [--rounds N] [--quick] [--no-peers] [--python PATH]";

    /// <summary>The names of the sections; empty for all.</summary>
    public IReadOnlyList<string> Sections { get; init; } = [];

    /// <summary>Whether standard output gets JSON in place of markdown.</summary>
    public bool Json { get; init; }

    /// <summary>A file that gets the results as markdown, whatever standard output gets.</summary>
    public string? MarkdownPath { get; init; }

    /// <summary>The counted rounds.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Whether to use tiny sizes, which show that everything runs and measure nothing.</summary>
    public bool Quick { get; init; }

    /// <summary>Whether to measure other libraries too.</summary>
    public bool Peers { get; init; } = true;

    /// <summary>The Python to use; null for the one in PATH that has most of the libraries.</summary>
    public string? PythonPath { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="UsageException">An argument is unknown or lacks its value.</exception>
    public static SpeedOptions Parse(IEnumerable<string> arguments)
    {
        var options = new SpeedOptions();
        using var rest = arguments.GetEnumerator();
        while (rest.MoveNext())
        {
            options = rest.Current switch
            {
                "--json" => options with { Json = true },
                "--markdown" => options with { MarkdownPath = Value(rest) },
                "--rounds" => options with { Rounds = Number(rest) },
                "--quick" => options with { Quick = true, Rounds = 1 },
                "--no-peers" => options with { Peers = false },
                "--python" => options with { PythonPath = Value(rest) },
                var name when SpeedCommand.SectionNames.Contains(name) => options with { Sections = [.. options.Sections, name] },
                var unknown => throw new UsageException($"Expected a section ({string.Join(", ", SpeedCommand.SectionNames)}) or an option, got '{unknown}'."),
            };
        }
        return options;
    }

    private static string Value(IEnumerator<string> rest)
    {
        string option = rest.Current;
        return rest.MoveNext() ? rest.Current : throw new UsageException($"{option} needs a value.");
    }

    private static int Number(IEnumerator<string> rest)
    {
        string option = rest.Current, value = Value(rest);
        return int.TryParse(value, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new UsageException($"{option} must be a whole number of at least 1, got '{value}'.");
    }
}
