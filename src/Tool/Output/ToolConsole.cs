using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace MLExtensions.Tool.Output;

/// <summary>Where the program reads and writes: results on the standard output, all else on the standard error.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress, notes, warnings and errors.</param>
/// <param name="OpenInput">The standard input.</param>
internal sealed record ToolConsole(TextWriter Out, TextWriter Error, Func<Stream> OpenInput)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HashSet<string> _warned = [];

    /// <summary>Whether results are JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether notes and progress are left out; warnings are not.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Whether errors come with their stack trace, and ML.NET's log is shown.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>Cancelled by Ctrl+C.</summary>
    public CancellationToken Token { get; init; }

    /// <summary>Says what is done or found.</summary>
    public void Note(string text)
    {
        if (!IsQuiet)
            Error.WriteLine(text);
    }

    /// <summary>Says what is legal and suspicious, once.</summary>
    public void Warn(string text)
    {
        lock (_warned)
        {
            if (_warned.Add(text))
                Error.WriteLine($"warning: {text}");
        }
    }

    /// <summary>Writes a result.</summary>
    /// <param name="text">For people.</param>
    /// <param name="json">For machines.</param>
    public void Result(Func<string> text, Func<JsonObject> json)
    {
        if (IsJson)
            Out.WriteLine(json().ToJsonString(s_json));
        else
            Out.WriteLine(text().TrimEnd());
        Out.Flush();
    }

    /// <summary>Shows trainings on the standard error; null where that is not wanted.</summary>
    public Progress.ConsoleProgress? Progress() => IsQuiet
        ? null
        : new Progress.ConsoleProgress(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) }));

    /// <summary>A context of ML.NET whose warnings are shown.</summary>
    /// <param name="seed">The seed of all that is random; null for one of its own.</param>
    public MLContext CreateContext(int? seed = null)
    {
        var ml = new MLContext(seed);
        ml.Log += (_, entry) =>
        {
            if (entry.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
                Warn(entry.RawMessage.TrimEnd());
            else if (IsVerbose && entry.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Info)
                Error.WriteLine(entry.RawMessage.TrimEnd());
        };
        return ml;
    }
}
