using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>A library in a Python process of its own, which waits for a line of JSON and answers with one.</summary>
internal sealed class PythonPeer : IPeer
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    private const string AsInstalled = "default";

    // PyTorch in several settings, as none is the fastest everywhere: small steps gain from one thread, and where PyTorch's own
    // threads come on top of those of its linear algebra, both together were seen to take ten times as long as either.
    private static readonly (string Library, string Name, string Threads)[] s_settings =
    [
        ("torch", "PyTorch", AsInstalled),
        ("torch", $"PyTorch, {Environment.ProcessorCount} threads", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
        ("torch", "PyTorch, 1 thread", "1"),
        ("sklearn", "scikit-learn", AsInstalled),
    ];

    private readonly PythonInterpreter _python;
    private readonly string[] _arguments;
    private readonly Lazy<string> _description;
    private readonly Process _process;

    private PythonPeer(PythonInterpreter python, string library, string name, string threads)
    {
        Name = name;
        IsAsInstalled = threads == AsInstalled;
        _python = python;
        _arguments = [library, threads];
        _process = Process.Start(python.Start(["serve", .. _arguments]))!;
        _description = new(() => (string)Answer()["description"]!);
    }

    public string Name { get; }

    // The library says what it is once it is loaded. Asked for after all have been started, so that they load at once.
    public string Description => _description.Value;

    /// <summary>Whether the library chooses its threads itself.</summary>
    public bool IsAsInstalled { get; }

    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    /// <summary>Starts every library that a Python on this machine has.</summary>
    public static IEnumerable<IPeer> StartAll(string? pythonPath, Action<string> note)
    {
        var python = PythonInterpreter.Find(pythonPath);
        if (python is null)
        {
            note($"No {pythonPath ?? "python3"} runs here: measured without PyTorch and scikit-learn.");
            return [];
        }

        foreach (var (library, name, _) in s_settings.Where(setting => setting.Threads == AsInstalled && !python.Libraries.Contains(setting.Library)))
            note($"{python.Path} has no {library}: measured without {name}.");
        return [.. s_settings.Where(setting => python.Libraries.Contains(setting.Library)).DistinctBy(setting => (setting.Library, setting.Threads))
            .Select(setting => new PythonPeer(python, setting.Library, setting.Name, setting.Threads))];
    }

    public IContender? Prepare(PeerWork work)
    {
        var answer = Ask(JsonSerializer.Serialize(work, s_options));
        return (bool)answer["able"]! ? new Contender(this) : null;
    }

    /// <summary>The time from before the start of a process of its own to the end of the first epoch on the numbers of a file.</summary>
    public TimeSpan Startup(string file) => ChildProcess.ReadLine(_python.Start(["startup", .. _arguments, file])).Time;

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonNode Ask(string line)
    {
        _ = Description;
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return Answer();
    }

    private JsonNode Answer() =>
        JsonNode.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Name} ended early; its message is above."))!;

    private sealed class Contender(PythonPeer peer) : IContender
    {
        public string Name => peer.Name;

        public double Run(TimeSpan duration) =>
            (double)peer.Ask(string.Create(CultureInfo.InvariantCulture, $$"""{"work":"run","seconds":{{duration.TotalSeconds}}}"""))["rate"]!;
    }
}
