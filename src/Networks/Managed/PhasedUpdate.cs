namespace MLExtensions.Networks.Managed;

/// <summary>
/// An update in several phases between which threads meet: the gradients, where the norm of the whole decides how much of it counts or
/// an optimizer looks at whole matrices; the parameters; limits on the norms of weights, and averages of what they leave. Where nothing
/// of this is asked for, gradients and parameters are one pass.
/// </summary>
/// <param name="layers">The layers of the network.</param>
/// <param name="shares">How members share their parameters.</param>
/// <param name="parameters">The parameters.</param>
/// <param name="updater">Updates parameters.</param>
/// <param name="team">The team.</param>
/// <param name="maximumNorm">The largest norm of the weights that enter a hidden unit, or null.</param>
internal sealed class PhasedUpdate(
    IUpdatedLayer[] layers, UpdateShares shares, ParameterStore parameters, ParameterUpdater updater, WorkerTeam team, float? maximumNorm)
{
    private const int AverageChunk = 4096;

    private readonly bool _isOnePass = updater.MatrixOptimizer is null && updater.Clip is not { NeedsNorm: true };
    private readonly IMatrixOptimizer? _matrices = updater.MatrixOptimizer;
    private readonly Action? _joinSums = updater.Clip is { } clip ? clip.JoinSums : null;

    // The last linear layer gives the outputs; it has no hidden units.
    private readonly IUpdatedLayer[] _hidden = maximumNorm is null ? [] : [.. layers.SkipLast(1).Where(layer => layer.Matrix is not null)];

    /// <summary>Updates one member's share.</summary>
    /// <param name="member">The member.</param>
    /// <param name="members">The number of members.</param>
    /// <param name="batchRows">The rows of the batch.</param>
    public void Execute(int member, int members, int batchRows)
    {
        if (_isOnePass)
            shares.Update(member, members, batchRows, updater, UpdatePart.Both);
        else
            UpdateInPhases(member, members, batchRows);

        if (maximumNorm is null)
            return;

        team.Synchronize();
        LimitNorms(member, members);
        if (updater.Average is null)
            return;

        team.Synchronize();
        AverageAll(member, members);
    }

    private void UpdateInPhases(int member, int members, int batchRows)
    {
        shares.Update(member, members, batchRows, updater, UpdatePart.Gradients);
        team.Synchronize();
        if (updater.Clip is { NeedsNorm: true } clip)
        {
            clip.SumSquares(member, members);
            team.Synchronize(_joinSums);
        }
        if (_matrices is not null)
        {
            for (int strip = member; strip < _matrices.StripCount; strip += members)
                updater.PrepareStrip(strip);
            team.Synchronize();
            foreach (MatrixRound round in _matrices.Rounds)
            {
                for (int part = member; part < round.Parts; part += members)
                    round.Execute(part);
                team.Synchronize();
            }
        }
        shares.Update(member, members, batchRows, updater, UpdatePart.Parameters);
    }

    /// <summary>Scales down what exceeds the limit, in one member's share of the strips.</summary>
    public void LimitNorms(int member, int members)
    {
        int number = 0;
        foreach (IUpdatedLayer layer in _hidden)
        {
            for (int strip = 0; strip < layer.Matrix!.StripCount; strip++)
            {
                if (number++ % members == member)
                    layer.LimitNorms(strip, maximumNorm!.Value);
            }
        }
    }

    /// <summary>Takes one member's share of the parameters into their averages.</summary>
    public unsafe void AverageAll(int member, int members)
    {
        AlignedBuffer values = parameters.Values;
        for (int first = member * AverageChunk; first < values.Length; first += members * AverageChunk)
            updater.Average!.Take(first, Math.Min(AverageChunk, values.Length - first), values.Pointer + first);
    }
}
