using System.Diagnostics;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>Another program that keeps one processor busy, as in a container or a build: a process that works until it is told to end.</summary>
internal static class NeighbourChild
{
    /// <summary>Works on one thread until standard input ends.</summary>
    public static void Run()
    {
        bool ended = false;
        var worker = new Thread(() =>
        {
            while (!Volatile.Read(ref ended))
                Thread.SpinWait(1000);
        });
        worker.Start();
        Console.WriteLine("busy");
        Console.In.ReadToEnd();
        Volatile.Write(ref ended, true);
    }

    /// <summary>Starts one; it ends when it is disposed of.</summary>
    public static IDisposable Start()
    {
        var start = ChildProcess.Start("neighbour");
        start.RedirectStandardInput = true;
        var process = Process.Start(start)!;
        if (process.StandardOutput.ReadLine() is null)
            throw new InvalidOperationException("The neighbour ended at once; its message is above.");
        return new Running(process);
    }

    private sealed class Running(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
