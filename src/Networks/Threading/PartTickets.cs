namespace MLExtensions.Networks.Threading;

/// <summary>
/// Hands out the parts of a phase. Each member has a range of neighbouring parts, the same in every step, so that what it reads is
/// still in its cache; one that is done with its own takes from the others'.
/// </summary>
/// <param name="size">The most members.</param>
internal sealed class PartTickets(int size)
{
    /// <summary>The most parts of a phase.</summary>
    public const int MaximumParts = (1 << PartBits) - 1;

    private const int PartBits = 20;

    // Ranges stand a cache line or two apart, since members count theirs up all the time.
    private const int Spacing = 16;

    // One word per range: the phase it is of, its end, its next part. In one word, since a member may look with an old phase in
    // mind while the next begins: it then finds either an old range, which is empty, or another phase than its own.
    private readonly long[] _ranges = new long[size * Spacing];

    /// <summary>Opens a phase. All parts of the one before have been taken.</summary>
    /// <param name="phase">The number of the phase.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="members">The members that share them.</param>
    public void Open(int phase, int parts, int members)
    {
        for (int member = 0; member < size; member++)
        {
            long first = member < members ? (long)parts * member / members : 0;
            long end = member < members ? (long)parts * (member + 1) / members : 0;
            Volatile.Write(ref _ranges[member * Spacing], Mark(phase) | end << PartBits | first);
        }
    }

    /// <summary>Takes a part, of the member's own range where one is left.</summary>
    /// <param name="phase">The phase that the member knows of.</param>
    /// <param name="member">The member.</param>
    /// <param name="part">Receives the part.</param>
    /// <returns>Whether there was one left.</returns>
    public bool TryTake(int phase, int member, out int part)
    {
        for (int i = 0; i < size; i++)
        {
            int owner = member + i < size ? member + i : member + i - size;
            if (TryTakeOf(owner, phase, out part))
                return true;
        }

        part = 0;
        return false;
    }

    private bool TryTakeOf(int owner, int phase, out int part)
    {
        ref long range = ref _ranges[owner * Spacing];
        long seen = Volatile.Read(ref range);
        while ((seen & ~0L << 2 * PartBits) == Mark(phase))
        {
            part = (int)(seen & MaximumParts);
            if (part >= (int)(seen >> PartBits & MaximumParts))
                break;

            long before = Interlocked.CompareExchange(ref range, seen + 1, seen);
            if (before == seen)
                return true;
            seen = before;
        }

        part = 0;
        return false;
    }

    private static long Mark(int phase) => (long)phase << 2 * PartBits;
}
