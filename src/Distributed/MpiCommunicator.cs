using System.Runtime.CompilerServices;
using Unsafe = MPI.Unsafe;

namespace MLExtensions.Distributed;

/// <summary>The ranks of MPI's world. Memory goes to MPI as it lies, by the library's own functions: MPI.NET's copy arrays.</summary>
internal sealed unsafe class MpiCommunicator : Communicator
{
    // Ranks call from whichever of their threads comes last to the end of a phase, and the watch from its own.
    private const int MultipleThreads = 3;

    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(500), s_mostOfEnding = TimeSpan.FromSeconds(10);

    private readonly int _communicator;
    private readonly Watch _watch;

    private MpiCommunicator(int communicator, int rank, int size)
    {
        (_communicator, Rank, Size) = (communicator, rank, size);
        _watch = new Watch(Leave);
    }

    /// <inheritdoc/>
    public override int Rank { get; }

    /// <inheritdoc/>
    public override int Size { get; }

    /// <inheritdoc/>
    /// <remarks>As the mpiexec of MPICH and of Intel MPI tells it.</remarks>
    public override int RanksOnHost => int.TryParse(Environment.GetEnvironmentVariable("MPI_LOCALNRANKS"), out int count) && count > 0 ? count : 1;

    /// <summary>Makes MPI ready for this process.</summary>
    /// <exception cref="InvalidOperationException">There is no MPI, or it cannot be used.</exception>
    public static MpiCommunicator Open()
    {
        MpiLibrary.Load();
        int count = 0, isReady, threads = 0;
        byte** arguments = null;
        Check(Unsafe.MPI_Initialized(out isReady));
        if (isReady == 0)
            Check(Unsafe.MPI_Init_thread(ref count, ref arguments, MultipleThreads, out threads));
        if (isReady == 0 && threads < MultipleThreads)
            throw new InvalidOperationException("This MPI library was built without support for threads (MPI_THREAD_MULTIPLE): use one that has it.");

        // The program's own messages stay apart.
        Check(Unsafe.MPI_Comm_dup(Unsafe.MPI_COMM_WORLD, out int communicator));
        Check(Unsafe.MPI_Comm_rank(communicator, out int rank));
        Check(Unsafe.MPI_Comm_size(communicator, out int size));
        if (size == 1 && int.TryParse(Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_SIZE"), out int started) && started > 1)
            throw new InvalidOperationException(Invariant($"The {started} processes were started by Open MPI, whose binary interface is another one, and each of them is alone: start them with the mpiexec of MPICH (mpiexec.mpich) or Intel MPI."));
        var opened = new MpiCommunicator(communicator, rank, size);
        if (isReady == 0)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => opened.End();
        return opened;
    }

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<byte> own, Span<byte> all)
    {
        if (own.IsEmpty)
            return;
        fixed (byte* from = own, to = all)
        {
            using (_watch.Begin())
                Check(Unsafe.MPI_Allgather((nint)from, own.Length, Unsafe.MPI_BYTE, (nint)to, own.Length, Unsafe.MPI_BYTE, _communicator));
        }
    }

    /// <inheritdoc/>
    public override void Exchange(ReadOnlySpan<byte> pieces, Span<byte> received)
    {
        int length = pieces.Length / Size;
        fixed (byte* from = pieces, to = received)
        {
            using (_watch.Begin())
                Check(Unsafe.MPI_Alltoall((nint)from, length, Unsafe.MPI_BYTE, (nint)to, length, Unsafe.MPI_BYTE, _communicator));
        }
    }

    /// <inheritdoc/>
    public override void Broadcast(Span<byte> bytes)
    {
        fixed (byte* values = bytes)
        {
            using (_watch.Begin())
                Check(Unsafe.MPI_Bcast((nint)values, bytes.Length, Unsafe.MPI_BYTE, 0, _communicator));
        }
    }

    /// <inheritdoc/>
    public override void WaitForAll()
    {
        using var notice = new WaitNotice(Tell);
        Check(Unsafe.MPI_Barrier(_communicator));
    }

    /// <inheritdoc/>
    public override void Abort(string reason)
    {
        Tell(reason);
        var abort = new Thread(() => Unsafe.MPI_Abort(_communicator, 1)) { IsBackground = true };
        abort.Start();
        // A library that waits for a dead host cannot be asked to end: its own process ends, and mpiexec ends the others.
        abort.Join(TimeSpan.FromSeconds(2));
        Kill();
    }

    // Where a host may be cut off, MPI_Abort is no way out: MPICH's mpiexec, asked by a rank, waits for all hosts to say that they have ended, that one too. Of a process that
    // was killed it hears from its host, ends what it can reach, and itself.
    private void Leave(string reason)
    {
        Tell(reason);
        Kill();
    }

    private void Tell(string reason)
    {
        Console.Error.WriteLine(Invariant($"MLExtensions.Distributed: rank {Rank} of {Size} on {Environment.MachineName}: {reason}"));
        Console.Error.Flush();
    }

    private static void Kill() => System.Diagnostics.Process.GetCurrentProcess().Kill();

    // A process that failed must not wait for the others to end well.
    //
    // In MPI_Finalize, MPICH before 4.2 over UCX asks each rank that it has talked to whether all has arrived, and answers the others' questions only until its own are answered:
    // a rank that was answered before it has asked is then not answered itself, for ever (pmodels/mpich#6596). Where all ask before any answers, each question is ahead of
    // an answer on its connection. So nobody answers between the end of the barrier, which ranks leave at different times, a lost frame of it apart, and MPI_Finalize.
    private void End()
    {
        Unsafe.MPI_Finalized(out int isOver);
        if (isOver != 0 || Environment.ExitCode != 0)
            return;

        if (RanksOnHost == Size)
        {
            Unsafe.MPI_Finalize();
            return;
        }

        // Nothing tells that the others have left the barrier.
        Unsafe.MPI_Barrier(_communicator);
        Thread.Sleep(s_quiet);
        var end = new Thread(() => Unsafe.MPI_Finalize()) { IsBackground = true };
        end.Start();
        if (!end.Join(s_mostOfEnding))
            Tell(Invariant($"MPI has not ended within {s_mostOfEnding.TotalSeconds} s (MPI_Finalize): this process ends without it. All ranks had come to their ends."));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Check(int result)
    {
        if (result != 0)
            throw new InvalidOperationException(Invariant($"MPI failed with error {result}."));
    }
}
