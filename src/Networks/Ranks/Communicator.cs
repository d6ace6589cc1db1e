namespace MLExtensions.Networks;

/// <summary>
/// The processes, called ranks, that train one network together, each on its share of every batch: given to options as
/// <see cref="MlpOptions.Communicator"/>. Package MLExtensions.Distributed has one over MPI.
/// </summary>
/// <remarks>
/// All methods but <see cref="Abort"/> are collective: every rank calls the same ones in the same order, and none returns before the others
/// have called. One call at a time on each rank, from any thread. Sums add the ranks' numbers one by one in the order of the ranks, element by element, so that
/// a number of ranks gives the same bits however long the array is, whatever the hosts and the network between them. Each rank sends and
/// receives 2 (n - 1) / n times the length of the array.
/// </remarks>
public abstract class Communicator
{
    // Pieces so long that latency counts for little, and so short that their copies are.
    private const int MostPerRank = 1 << 18;

    /// <summary>So many numbers go to all ranks at once.</summary>
    internal const int Few = 1024;

    private byte[] _own = [];
    private byte[] _all = [];
    private int _users;

    /// <summary>Which of the ranks this process is, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>The number of ranks.</summary>
    public abstract int Size { get; }

    /// <summary>The ranks that share the processors of this host, this one included, among which they are divided where <see cref="ManagedEngine.Threads"/> is 0; 1 by default.</summary>
    public virtual int RanksOnHost => 1;

    /// <summary>Gives every rank the bytes of all.</summary>
    /// <param name="own">The bytes of this rank; as many on each.</param>
    /// <param name="all">Receives those of rank 0, of rank 1, and so on.</param>
    public abstract void Gather(ReadOnlySpan<byte> own, Span<byte> all);

    /// <summary>Gives every rank its piece of the bytes of all.</summary>
    /// <param name="pieces">A piece for each rank, in their order, all of one length.</param>
    /// <param name="received">Receives the piece for this rank of rank 0, of rank 1, and so on.</param>
    public abstract void Exchange(ReadOnlySpan<byte> pieces, Span<byte> received);

    /// <summary>Gives every rank the bytes of rank 0.</summary>
    /// <param name="bytes">The bytes of rank 0; on other ranks, receives them.</param>
    public abstract void Broadcast(Span<byte> bytes);

    /// <summary>Waits until all ranks have come this far, however long each has to prepare: reading rows may take one longer than another.</summary>
    public virtual void WaitForAll()
    {
        Span<byte> all = new byte[Size];
        Gather([0], all);
    }

    /// <summary>Ends the work of all ranks, which may be waiting for this one; the only member that is not collective. Does not return where a rank is a process.</summary>
    /// <param name="reason">Why, for people to read.</param>
    public abstract void Abort(string reason);

    /// <summary>Puts the sums over all ranks in place of the numbers of each.</summary>
    /// <param name="values">The numbers; as many on each rank.</param>
    public void Sum(Span<float> values) => SumOf(values);

    /// <inheritdoc cref="Sum(Span{float})"/>
    public void Sum(Span<double> values) => SumOf(values);

    /// <summary>The number of ranks, for the list of options.</summary>
    public override string ToString() => Plural.Of(Size, "rank");

    /// <summary>Notes that a training begins on the ranks, and has them alone.</summary>
    /// <exception cref="InvalidOperationException">Another one has not ended.</exception>
    internal void Enter()
    {
        if (Interlocked.Increment(ref _users) == 1)
            return;
        Leave();
        throw new InvalidOperationException("Two trainings of this process use one Communicator at the same time, and ranks would mix up their numbers: train one after the other.");
    }

    /// <summary>Notes that it has ended.</summary>
    internal void Leave() => Interlocked.Decrement(ref _users);

    private void SumOf<T>(Span<T> values)
        where T : unmanaged, INumber<T>
    {
        int most = MostPerRank * Size;
        for (int first = 0; first < values.Length; first += most)
            SumPiece(values.Slice(first, Math.Min(most, values.Length - first)));
    }

    // Few numbers go to all ranks at once; of many, each rank adds up its part and gives the sums to the others.
    private void SumPiece<T>(Span<T> values)
        where T : unmanaged, INumber<T>
    {
        if (values.Length <= Few)
        {
            var all = Room<T>(ref _all, values.Length * Size);
            Gather(MemoryMarshal.AsBytes(values), MemoryMarshal.AsBytes(all));
            AddInOrder<T>(all, values);
            return;
        }

        int part = (values.Length + Size - 1) / Size;
        var own = Room<T>(ref _own, part * Size);
        var received = Room<T>(ref _all, part * Size);
        values.CopyTo(own);
        own[values.Length..].Clear();
        Exchange(MemoryMarshal.AsBytes(own), MemoryMarshal.AsBytes(received));
        var sums = own[..part];
        AddInOrder<T>(received, sums);
        Gather(MemoryMarshal.AsBytes(sums), MemoryMarshal.AsBytes(received));
        received[..values.Length].CopyTo(values);
    }

    private static void AddInOrder<T>(ReadOnlySpan<T> ofRanks, Span<T> sums)
        where T : unmanaged, INumber<T>
    {
        ofRanks[..sums.Length].CopyTo(sums);
        for (int first = sums.Length; first < ofRanks.Length; first += sums.Length)
            Add(sums, ofRanks.Slice(first, sums.Length));
    }

    private static void Add<T>(Span<T> sums, ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        int i = 0;
        for (; i <= sums.Length - Vector<T>.Count; i += Vector<T>.Count)
            (new Vector<T>(sums[i..]) + new Vector<T>(values[i..])).CopyTo(sums[i..]);
        for (; i < sums.Length; i++)
            sums[i] += values[i];
    }

    private static Span<T> Room<T>(ref byte[] buffer, int length)
        where T : unmanaged
    {
        int bytes = checked(length * Unsafe.SizeOf<T>());
        if (buffer.Length < bytes)
            buffer = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        return MemoryMarshal.Cast<byte, T>(buffer.AsSpan(0, bytes));
    }
}
