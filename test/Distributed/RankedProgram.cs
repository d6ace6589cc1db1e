using System.Diagnostics;
using System.Globalization;
using System.Text;
using MLExtensions.TestSupport;

namespace MLExtensions.Distributed.Tests;

/// <summary>test/OtherProcess, started by mpiexec on a number of ranks.</summary>
internal sealed class RankedProgram : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly StringBuilder _errors = new();

    private RankedProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_lines)
                _errors.AppendLine(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts it; the test is skipped where there is no MPICH.</summary>
    /// <param name="ranks">The number of ranks.</param>
    /// <param name="arguments">Those of the program.</param>
    public static RankedProgram Start(int ranks, params string[] arguments)
    {
        string? mpiexec = Find("mpiexec.mpich") ?? Find("mpiexec.hydra");
        if (mpiexec is null)
            Assert.Inconclusive("MPICH is not installed (apt-get install mpich): training in several processes is not tested.");

        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(mpiexec, ["-n", ranks.ToString(CultureInfo.InvariantCulture), dotnet, "exec", OtherProcess.Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NUGET_PACKAGES"] = AppContext.BaseDirectory, ["DOTNET_TieredPGO"] = "0" },
        };
        return new RankedProgram(Process.Start(start)!);
    }

    /// <summary>Runs it to its end, which must be good, and gives the lines that tell of ranks, in their order.</summary>
    public static string[] Run(int ranks, params string[] arguments)
    {
        using var program = Start(ranks, arguments);
        var (code, errors) = program.Wait();
        code.Should().Be(0, "{0}", errors);
        return program.Results;
    }

    /// <summary>What the ranks got, in their order.</summary>
    public string[] Results
    {
        get
        {
            lock (_lines)
                return [.. _lines.Where(line => line.StartsWith("rank ", StringComparison.Ordinal)).Order()];
        }
    }

    /// <summary>All that was written, mpiexec's own lines among it.</summary>
    public string Text
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines) + _errors;
        }
    }

    /// <summary>Waits for a line that begins with some text.</summary>
    public string WaitForLine(string beginning)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromMinutes(1))
        {
            lock (_lines)
            {
                if (_lines.Find(line => line.StartsWith(beginning, StringComparison.Ordinal)) is { } found)
                    return found;
            }
            _process.HasExited.Should().BeFalse("{0}", _errors);
            Thread.Sleep(20);
        }
        throw new TimeoutException($"No line '{beginning}...' within a minute.");
    }

    /// <summary>Waits for its end; what it wrote as errors.</summary>
    public (int Code, string Errors) Wait()
    {
        if (!_process.WaitForExit(TimeSpan.FromMinutes(1)))
            throw new TimeoutException($"The ranks did not end within a minute: {_errors}");
        _process.WaitForExit();
        return (_process.ExitCode, _errors.ToString());
    }

    /// <summary>The processes of the ranks.</summary>
    public int[] Processes() => [.. Directory.GetDirectories("/proc").Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(IsRank)];

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    // mpiexec starts a proxy, which starts the ranks.
    private bool IsRank(int id) => ParentOf(id) is > 1 and var proxy && ParentOf(proxy) == _process.Id;

    private static int ParentOf(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private void Note(string? line)
    {
        lock (_lines)
        {
            if (line is not null)
                _lines.Add(line);
        }
    }

    private static string? Find(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
