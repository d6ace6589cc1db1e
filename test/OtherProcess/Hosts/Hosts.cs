using System.Diagnostics;
using System.Globalization;
using static System.FormattableString;

/// <summary>
/// Hosts on one machine, host1, host2 and so on: network namespaces with one interface each, which a <see cref="Wire"/> joins; a program is started on the first. All
/// of it is within namespaces that <c>unshare</c> has made for this process, and gone with it, whatever ends it.
/// </summary>
/// <remarks>
/// <c>unshare --net --mount --pid --fork --kill-child --mount-proc dotnet exec OtherProcess.dll hosts 3 2000 1 PROGRAM ARGUMENT...</c>, without root with
/// <c>--user --map-root-user</c> before. <c>/run/launcher</c> starts a program on another host, as ssh does.
/// </remarks>
internal static class Hosts
{
    // The arguments that mpiexec gives to ssh: options, the host, a command for its shell.
    private const string Launcher = """
        #!/bin/sh
        while [ "${1#-}" != "$1" ]; do shift; done
        host=$1
        shift
        exec ip netns exec "$host" unshare --uts sh -c 'hostname "$0" && exec sh -c "$1"' "$host" "$*"

        """;

    /// <summary>Runs a program on the first host, and ends with it; a line <c>cut N</c> from outside takes host N off the network.</summary>
    /// <param name="count">The number of hosts.</param>
    /// <param name="delay">How long a frame is on its way.</param>
    /// <param name="loss">The share of frames that is lost.</param>
    /// <param name="program">The program and its arguments.</param>
    /// <returns>The program's exit code, or 77 where the system permits no such hosts.</returns>
    public static int Run(int count, TimeSpan delay, double loss, string[] program)
    {
        Wire wire;
        try
        {
            wire = Join(count, delay, loss);
        }
        catch (Exception refusal) when (refusal is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Console.Error.WriteLine($"No hosts: {refusal.Message}");
            return 77;
        }
        wire.Start();

        string[] onFirst = ["netns", "exec", "host1", "unshare", "--uts", "sh", "-c", "hostname host1 && exec \"$@\"", "sh", .. program];
        var start = new ProcessStartInfo("ip", onFirst) { RedirectStandardInput = true };
        using var running = Process.Start(start)!;
        running.StandardInput.Close();
        new Thread(Obey) { IsBackground = true }.Start();
        running.WaitForExit();
        Console.WriteLine(Invariant($"wire: {wire.Count.Passed} frames, {wire.Count.Lost} lost"));
        return running.ExitCode;
    }

    private static Wire Join(int count, TimeSpan delay, double loss)
    {
        // Namespaces have names by files in /run, and hosts theirs in /etc/hosts: this process has its own of both.
        Do("mount", "-t", "tmpfs", "tmpfs", "/run");
        File.WriteAllLines("/run/hosts", Enumerable.Range(1, count).Select(i => Invariant($"10.77.0.{i} host{i}")).Prepend("127.0.0.1 localhost"));
        Do("mount", "--bind", "/run/hosts", "/etc/hosts");
        File.WriteAllText("/run/launcher", Launcher);
        Do("chmod", "+x", "/run/launcher");
        return new Wire([.. Enumerable.Range(1, count).Select(Add)], delay, loss);
    }

    private static Tap Add(int number)
    {
        string host = Invariant($"host{number}"), name = Invariant($"wire{number}");
        var tap = new Tap(name);
        Do("ip", "netns", "add", host);
        Do("ip", "link", "set", name, "netns", host);
        Do("ip", "-n", host, "link", "set", name, "name", "eth0", "address", Invariant($"02:00:00:00:00:{number:x2}"));
        Do("ip", "-n", host, "address", "add", Invariant($"10.77.0.{number}/24"), "dev", "eth0");
        Do("ip", "-n", host, "link", "set", "eth0", "up");
        Do("ip", "-n", host, "link", "set", "lo", "up");
        return tap;
    }

    // Whoever started this is gone with its end of the pipe.
    private static void Obey()
    {
        while (Console.ReadLine() is { } line)
        {
            if (line.Split(' ') is ["cut", var number])
                Do("ip", "-n", $"host{int.Parse(number, CultureInfo.InvariantCulture)}", "link", "set", "eth0", "down");
        }
        Environment.Exit(1);
    }

    private static void Do(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors.Trim()}");
    }
}
