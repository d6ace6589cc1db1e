namespace MLExtensions.Networks.Engine;

/// <summary>
/// What the ranks of one training do together at each step. What time or people decide is decided alike on all of them: a rank's wish to stop goes with the
/// loss of its next step, and all follow it before the batch after.
/// </summary>
/// <param name="communicator">The ranks.</param>
internal sealed class RankGroup(Communicator communicator)
{
    private static readonly StopWish[] s_wishes = [StopWish.Stop, StopWish.Cancel, StopWish.TimeIsUp];

    // The loss, and a count of each wish at its number.
    private readonly double[] _ofStep = new double[1 + s_wishes.Length];
    private StopWish _wish;
    private StopWish _agreed;

    /// <summary>The ranks of a training; null where it has but one.</summary>
    /// <param name="communicator">The ranks, or null.</param>
    public static RankGroup? Of(Communicator? communicator) => communicator is { Size: > 1 } ? new RankGroup(communicator) : null;

    /// <summary>The ranks.</summary>
    public Communicator Communicator => communicator;

    /// <summary>The rows of a batch that this rank works on: whole slices, nearly as many as on any other rank; none of a small batch.</summary>
    /// <param name="batchRows">The rows of the batch.</param>
    public RowRange ShareOf(int batchRows) => RowShares.Of(batchRows, communicator.Rank, communicator.Size);

    /// <summary>The most rows that a share of a batch has.</summary>
    /// <param name="batchRows">The most rows of a batch.</param>
    public int LargestShare(int batchRows)
    {
        int slices = (SliceMoments.CountOf(batchRows) + communicator.Size - 1) / communicator.Size;
        return Math.Min(batchRows, slices * SliceMoments.Rows);
    }

    /// <summary>Tells of this rank's wish; what all ranks have agreed on.</summary>
    /// <param name="own">The wish.</param>
    public StopWish Agree(StopWish own)
    {
        _wish = own;
        return _agreed;
    }

    /// <summary>Ends a step: the sum of the losses of all ranks.</summary>
    /// <param name="own">That of the rows of this rank.</param>
    public double SumOfLosses(double own)
    {
        Array.Clear(_ofStep);
        _ofStep[0] = own;
        if (_wish != StopWish.None)
            _ofStep[(int)_wish] = 1;
        communicator.Sum(_ofStep);
        _agreed = Array.Find(s_wishes, wish => _ofStep[(int)wish] > 0);
        return _ofStep[0];
    }

    /// <summary>Puts the outputs of the rows of all ranks together.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="outputs">Those of this rank's share, at their places; receives the others, [rows x outputs].</param>
    public void GatherOutputs(int rows, Span<float> outputs)
    {
        int ofRow = outputs.Length / rows;
        var share = ShareOf(rows);
        float[] own = new float[LargestShare(rows) * ofRow], all = new float[own.Length * communicator.Size];
        outputs.Slice(share.First * ofRow, share.Count * ofRow).CopyTo(own);
        communicator.Gather(MemoryMarshal.AsBytes<float>(own), MemoryMarshal.AsBytes(all.AsSpan()));
        for (int rank = 0; rank < communicator.Size; rank++)
        {
            var theirs = RowShares.Of(rows, rank, communicator.Size);
            all.AsSpan(rank * own.Length, theirs.Count * ofRow).CopyTo(outputs[(theirs.First * ofRow)..]);
        }
    }
}
