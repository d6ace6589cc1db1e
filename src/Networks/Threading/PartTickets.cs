namespace MLExtensions.Networks.Threading;

/// <summary>
/// Hands out the parts of a phase. Each member has a range of neighbouring parts, the same in every step, so that what it reads is
/// still in its cache; one that is done with its own takes from the others'. Phases have rising numbers, and who asks for a part knows
/// what the phase of that number consists of: a range is opened by the first part that is taken of it, so that nobody else writes the word of a
/// member that takes all of its parts itself.
/// </summary>
/// <param name="size">The most members.</param>
internal sealed class PartTickets(int size)
{
    /// <summary>The most parts of a phase.</summary>
    public const int MaximumParts = (1 << PartBits) - 1;

    /// <summary>The bits of a number of parts.</summary>
    public const int PartBits = 20;

    // Ranges stand a cache line or two apart, since members count theirs up all the time.
    private const int Spacing = 16;

    // One word per range: the phase of which a part was last taken, and the part after it. In one word, since a member may look with an
    // old phase in mind while the next begins: it then finds either a range without parts or a later phase.
    private readonly long[] _ranges = new long[(size + 1) * Spacing];

    /// <summary>Takes a part of one member's range.</summary>
    /// <param name="phase">The number of the phase, from 1.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="members">The members that share them.</param>
    /// <param name="owner">Whose range it is.</param>
    /// <param name="part">Receives the part.</param>
    /// <returns>Whether there was one left.</returns>
    public bool TryTake(long phase, int parts, int members, int owner, out int part)
    {
        int end = First(parts, members, owner + 1);
        ref long range = ref _ranges[(owner + 1) * Spacing];
        long seen = Volatile.Read(ref range);
        while (seen >> PartBits <= phase)
        {
            part = (int)(seen >> PartBits == phase ? seen & MaximumParts : First(parts, members, owner));
            if (part >= end)
                return false;

            long before = Interlocked.CompareExchange(ref range, (phase << PartBits) + part + 1, seen);
            if (before == seen)
                return true;
            seen = before;
        }

        part = 0;
        return false;
    }

    // Products of so few parts are no longer than 32 bits, of which a division is faster.
    private static int First(int parts, int members, int owner) =>
        parts < 1 << 16 && owner < 1 << 15 ? parts * owner / members : (int)((long)parts * owner / members);
}
