using System.Text;
using MLExtensions.Networks.Checkpoints;

namespace MLExtensions.Networks.Agreement;

/// <summary>Values that ranks tell one another; collective, as all of a communicator.</summary>
internal static class RankValues
{
    /// <summary>The number of rank 0.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">The number of this one.</param>
    public static int OfFirst(this Communicator ranks, int own)
    {
        ranks.Broadcast(MemoryMarshal.AsBytes(new Span<int>(ref own)));
        return own;
    }

    /// <summary>What rank 0 has decided.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">What this one would.</param>
    public static bool OfFirst(this Communicator ranks, bool own) => ranks.OfFirst(own ? 1 : 0) != 0;

    /// <summary>The text of rank 0.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">The text of this one.</param>
    public static string OfFirst(this Communicator ranks, string own)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(own);
        int length = ranks.OfFirst(bytes.Length);
        Array.Resize(ref bytes, length);
        ranks.Broadcast(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The texts of all ranks, in their order.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">The text of this one.</param>
    public static string[] All(this Communicator ranks, string own)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(own);
        int[] lengths = new int[ranks.Size];
        int length = bytes.Length;
        ranks.Gather(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(ref length)), MemoryMarshal.AsBytes(lengths.AsSpan()));
        int longest = lengths.Max();
        Array.Resize(ref bytes, longest);
        byte[] all = new byte[checked(longest * ranks.Size)];
        ranks.Gather(bytes, all);
        return [.. lengths.Select((count, rank) => Encoding.UTF8.GetString(all, rank * longest, count))];
    }

    /// <summary>The state that rank 0 has; null where it has none.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">That of rank 0; what other ranks have is of no interest.</param>
    public static TrainingState? OfFirst(this Communicator ranks, TrainingState? own)
    {
        if (!ranks.OfFirst(own is not null))
            return null;

        var state = ranks.Rank == 0 ? own! : new TrainingState();
        int count = ranks.OfFirst(state.Names.Count);
        string[] names = [.. state.Names];
        for (int i = 0; i < count; i++)
        {
            string name = ranks.OfFirst(ranks.Rank == 0 ? names[i] : "");
            var values = ranks.Rank == 0 ? state[name] : null;
            int kind = ranks.OfFirst(values switch { float[] => 0, double[] => 1, _ => 2 }), length = ranks.OfFirst(values?.Length ?? 0);
            values ??= kind switch { 0 => new float[length], 1 => new double[length], _ => new long[length] };
            ArrayBytes.ForEachPortion(values, bytes => ranks.Broadcast(bytes));
            state[name] = values;
        }
        return state;
    }
}
