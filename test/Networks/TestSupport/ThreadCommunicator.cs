using System.Runtime.ExceptionServices;

namespace MLExtensions.Networks.Tests;

/// <summary>Ranks that are threads of this process: the arithmetic of several without their processes.</summary>
internal sealed class ThreadCommunicator : Communicator
{
    private readonly World _world;

    private ThreadCommunicator(World world, int rank) => (_world, Rank) = (world, rank);

    /// <inheritdoc/>
    public override int Rank { get; }

    /// <inheritdoc/>
    public override int Size => _world.Size;

    /// <summary>Does the same on a number of ranks, and gives the results in their order.</summary>
    /// <exception cref="InvalidOperationException">A rank has aborted: the first reason.</exception>
    public static T[] Run<T>(int ranks, Func<Communicator, T> work)
    {
        var world = new World(ranks);
        var results = new T[ranks];
        var failures = new Exception?[ranks];
        Thread[] threads = [.. Enumerable.Range(0, ranks).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank] = work(new ThreadCommunicator(world, rank));
            }
            catch (Exception exception)
            {
                failures[rank] = exception;
                world.End($"rank {rank}: {exception.Message}");
            }
        }))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        if (Array.Find(failures, failure => failure is not null and not EndedException) is { } first)
            ExceptionDispatchInfo.Throw(first);
        return results;
    }

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<byte> own, Span<byte> all)
    {
        var parts = _world.Meet(Rank, own.ToArray());
        for (int rank = 0; rank < Size; rank++)
            parts[rank].CopyTo(all[(rank * own.Length)..]);
    }

    /// <inheritdoc/>
    public override void Exchange(ReadOnlySpan<byte> pieces, Span<byte> received)
    {
        var parts = _world.Meet(Rank, pieces.ToArray());
        int length = pieces.Length / Size;
        for (int rank = 0; rank < Size; rank++)
            parts[rank].AsSpan(Rank * length, length).CopyTo(received[(rank * length)..]);
    }

    /// <inheritdoc/>
    public override void Broadcast(Span<byte> bytes) => _world.Meet(Rank, Rank == 0 ? bytes.ToArray() : [])[0].CopyTo(bytes);

    /// <inheritdoc/>
    public override void Abort(string reason) => _world.End(reason);

    private sealed class EndedException(string reason) : Exception(reason);

    // Each rank lays down what it brings, waits for the others, and takes what all have brought.
    private sealed class World(int size)
    {
        private readonly object _gate = new();
        private byte[][] _brought = new byte[size][];
        private byte[][] _taken = [];
        private int _here;
        private int _meetings;
        private string? _ended;

        public int Size => size;

        public byte[][] Meet(int rank, byte[] bytes)
        {
            lock (_gate)
            {
                int meeting = _meetings;
                _brought[rank] = bytes;
                if (++_here == size)
                {
                    (_taken, _brought, _here) = (_brought, new byte[size][], 0);
                    _meetings++;
                    Monitor.PulseAll(_gate);
                }
                while (_meetings == meeting && _ended is null)
                {
                    if (!Monitor.Wait(_gate, TimeSpan.FromSeconds(60)))
                        End($"rank {rank} waited for a minute");
                }
                return _meetings > meeting ? _taken : throw new EndedException(_ended!);
            }
        }

        public void End(string reason)
        {
            lock (_gate)
            {
                _ended ??= reason;
                Monitor.PulseAll(_gate);
            }
        }
    }
}
