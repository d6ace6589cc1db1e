using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

/// <summary>
/// What joins the hosts: each frame goes to the host that it is for, after a while, or is lost. The kernel's own means, <c>tc qdisc add ... netem</c>, are
/// missing from many kernels, those of small virtual machines among them; this needs nothing but interfaces.
/// </summary>
/// <param name="hosts">The interface of each host, whose address ends with its number, from 1.</param>
/// <param name="delay">The way of a frame.</param>
/// <param name="loss">The share of frames that is lost.</param>
internal sealed class Wire(Tap[] hosts, TimeSpan delay, double loss)
{
    // The most that waits for one host: more is lost, as in a switch.
    private const int Most = 10_000;

    private readonly BlockingCollection<(long Due, byte[] Frame)>[] _ways = [.. hosts.Select(_ => new BlockingCollection<(long, byte[])>(Most))];
    private int _lost;
    private int _passed;

    /// <summary>The frames that came, and those of them that were lost.</summary>
    public (int Passed, int Lost) Count => (_passed, _lost);

    /// <summary>Begins, on threads of its own.</summary>
    public void Start()
    {
        for (int i = 0; i < hosts.Length; i++)
        {
            int host = i;
            new Thread(() => Take(host)) { IsBackground = true }.Start();
            new Thread(() => Bring(host)) { IsBackground = true }.Start();
        }
    }

    private void Take(int host)
    {
        var random = new Random(host);
        byte[] buffer = new byte[ushort.MaxValue];
        while (true)
        {
            int length = hosts[host].Read(buffer);
            if (length <= 0)
            {
                // The interface is down, because the host is cut off, and nothing tells when it is up again.
                Thread.Sleep(10);
                continue;
            }
            Interlocked.Increment(ref _passed);
            if (random.NextDouble() < loss)
            {
                Interlocked.Increment(ref _lost);
                continue;
            }
            byte[] frame = buffer[..length];
            long due = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
            for (int other = 0; other < _ways.Length; other++)
            {
                // An odd first byte: to all.
                if (other != host && ((frame[0] & 1) != 0 || frame[5] == other + 1))
                    _ways[other].TryAdd((due, frame));
            }
        }
    }

    private void Bring(int host)
    {
        foreach (var (due, frame) in _ways[host].GetConsumingEnumerable())
        {
            long left = (long)((due - Stopwatch.GetTimestamp()) * (1e9 / Stopwatch.Frequency));
            // Thread.Sleep knows whole milliseconds.
            if (left > 0)
                nanosleep([left / 1_000_000_000, left % 1_000_000_000], 0);
            hosts[host].Write(frame, frame.Length);
        }
    }

    [DllImport("libc")]
    private static extern int nanosleep(long[] time, nint left);
}
