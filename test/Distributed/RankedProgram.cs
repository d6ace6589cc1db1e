using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using MLExtensions.TestSupport;
using static System.FormattableString;

namespace MLExtensions.Distributed.Tests;

/// <summary>test/OtherProcess, started by mpiexec on a number of ranks, of this host or of hosts that are network namespaces.</summary>
internal sealed class RankedProgram : IDisposable
{
    private static readonly string s_dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
    private static string? s_refusal;

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly StringBuilder _errors = new();

    // mpiexec starts a proxy, which starts the ranks.
    private int _generations = 2;

    private RankedProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_lines)
            {
                _errors.AppendLine(line.Data);
                Monitor.PulseAll(_lines);
            }
        };
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) =>
        {
            lock (_lines)
                Monitor.PulseAll(_lines);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts it on this host; the test is skipped where there is no MPICH.</summary>
    /// <param name="ranks">The number of ranks.</param>
    /// <param name="arguments">Those of the program.</param>
    public static RankedProgram Start(int ranks, params string[] arguments) => new(Start(RequireMpiexec(), RankCommand(ranks, arguments)));

    /// <summary>Starts it on this host, in processes of which each goes on where another is killed: a shell makes an exit code of that.</summary>
    /// <param name="processes">The number of processes.</param>
    /// <param name="arguments">Those of the program.</param>
    public static RankedProgram StartApart(int processes, params string[] arguments) =>
        new(Start(RequireMpiexec(), ["-n", Invariant($"{processes}"), "sh", "-c", "\"$@\"; exit $?", "sh", .. ProgramCommand(arguments)])) { _generations = 3 };

    /// <summary>Starts it on hosts with a rank each, whose network takes 2 ms for each frame and loses one in a hundred; the test is skipped where that cannot be.</summary>
    /// <param name="hosts">The number of hosts.</param>
    /// <param name="arguments">Those of the program.</param>
    public static RankedProgram StartOnHosts(int hosts, params string[] arguments)
    {
        string names = string.Join(',', Enumerable.Range(1, hosts).Select(i => Invariant($"host{i}")));
        string mpiexec = RequireMpiexec();
        RequireHosts();
        return new RankedProgram(Start("unshare", [.. HostsCommand(hosts, 2000, 1), mpiexec, "-launcher", "ssh", "-launcher-exec", "/run/launcher", "-hosts", names, .. RankCommand(hosts, arguments)]));
    }

    /// <summary>Runs it to its end, which must be good, and gives the lines that tell of ranks, in their order.</summary>
    public static string[] Run(int ranks, params string[] arguments)
    {
        using var program = Start(ranks, arguments);
        return program.Finish();
    }

    /// <summary>Waits for its end, which must be good, and gives the lines that tell of ranks, in their order.</summary>
    public string[] Finish()
    {
        var (code, errors) = Wait();
        code.Should().Be(0, "{0}", errors);
        return Results;
    }

    /// <summary>Takes a host, by its number from 1, off the network.</summary>
    public void Cut(int host)
    {
        _process.StandardInput.WriteLine(Invariant($"cut {host}"));
        _process.StandardInput.Flush();
    }

    /// <summary>Ends the process that was started, and tells none of those that it has started.</summary>
    public void Kill() => _process.Kill();

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
                return string.Join('\n', _lines) + '\n' + _errors;
        }
    }

    /// <summary>Waits for a line that begins with some text.</summary>
    public string WaitForLine(string beginning) => WaitFor(() => _lines.Find(line => line.StartsWith(beginning, StringComparison.Ordinal)), $"line '{beginning}...'");

    /// <summary>Waits until something was written to the errors.</summary>
    /// <param name="pattern">What, with <c>*</c> for any text.</param>
    public void WaitForError(string pattern) => WaitFor(() => FileSystemName.MatchesSimpleExpression($"*{pattern}*", Text) ? pattern : null, $"'{pattern}'");

    // Looked for whenever a line comes, and once more when the process has ended.
    private string WaitFor(Func<string?> find, string what)
    {
        var clock = Stopwatch.StartNew();
        lock (_lines)
        {
            while (true)
            {
                bool hasEnded = _process.HasExited;
                if (find() is { } found)
                    return found;
                hasEnded.Should().BeFalse("{0}", Text);
                var left = TimeSpan.FromMinutes(3) - clock.Elapsed;
                if (left <= TimeSpan.Zero || !Monitor.Wait(_lines, left))
                    throw new TimeoutException($"No {what} within three minutes: {Text}");
            }
        }
    }

    /// <summary>Waits for its end; what it wrote as errors.</summary>
    public (int Code, string Errors) Wait()
    {
        if (!_process.WaitForExit(TimeSpan.FromMinutes(3)))
            throw new TimeoutException($"The ranks did not end within three minutes: {_errors}");
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

    private static string RequireMpiexec()
    {
        string? mpiexec = Find("mpiexec.mpich") ?? Find("mpiexec.hydra");
        if (mpiexec is null)
            Assert.Inconclusive("MPICH is not installed (apt-get install mpich): training in several processes is not tested.");
        return mpiexec;
    }

    // Namespaces may be forbidden by a container, by the system's settings, or by a device that the user may not open: asked once, by having one host.
    private static void RequireHosts()
    {
        if (!OperatingSystem.IsLinux() || Find("unshare") is null || Find("ip") is null)
            Assert.Inconclusive("Hosts on one machine are of Linux, by unshare (of util-linux) and ip (of iproute2), which are not here: training on several hosts is not tested.");
        s_refusal ??= Refusal();
        if (s_refusal.Length > 0)
            Assert.Inconclusive($"This system lets no program have hosts of its own, and training on several is not tested: {s_refusal}");
    }

    private static string Refusal()
    {
        using var one = new RankedProgram(Start("unshare", [.. HostsCommand(1, 0, 0), "true"]));
        var (code, errors) = one.Wait();
        return code == 0 ? "" : Invariant($"exit code {code}: {errors}");
    }

    private static string[] HostsCommand(int hosts, int microseconds, int percent) =>
    [
        .. Environment.IsPrivilegedProcess ? [] : (string[])["--user", "--map-root-user"], "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
        s_dotnet, "exec", OtherProcess.Program, "hosts", Invariant($"{hosts}"), Invariant($"{microseconds}"), Invariant($"{percent}"),
    ];

    private static string[] RankCommand(int ranks, string[] arguments) => ["-n", Invariant($"{ranks}"), .. ProgramCommand(arguments)];

    private static string[] ProgramCommand(string[] arguments) => [s_dotnet, "exec", OtherProcess.Program, .. arguments];

    private static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment =
        {
            ["NUGET_PACKAGES"] = AppContext.BaseDirectory,
            ["DOTNET_TieredPGO"] = "0",
            // Hosts of one machine could reach one another through its memory, past their network.
            ["UCX_TLS"] = program == "unshare" ? "tcp,self" : null,
        },
    })!;

    private bool IsRank(int id)
    {
        int ancestor = id;
        for (int i = 0; i < _generations && ancestor > 1; i++)
            ancestor = ParentOf(ancestor);
        return ancestor == _process.Id;
    }

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
            Monitor.PulseAll(_lines);
        }
    }

    private static string? Find(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
