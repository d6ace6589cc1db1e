namespace MLExtensions.Networks.Managed;

/// <summary>
/// The end of a step, in phases that threads share: gradients, where the norm of the whole decides how much of it counts or
/// an optimizer looks at whole matrices; the parameters; limits on the norms of weights, and averages of what they leave. Where nothing
/// of this is asked for, gradients and parameters are one pass.
/// </summary>
/// <param name="layers">The layers of the network.</param>
/// <param name="shares">How the parameters are cut into pieces.</param>
/// <param name="parameters">The parameters.</param>
/// <param name="updater">Updates parameters.</param>
/// <param name="maximumNorm">The largest norm of the weights that enter a hidden unit, or null.</param>
/// <param name="ranks">The ranks whose gradients are added up; null where one process has all rows.</param>
internal sealed class PhasedUpdate(
    IUpdatedLayer[] layers, IUpdateShares shares, ParameterStore parameters, ParameterUpdater updater, float? maximumNorm, Communicator? ranks = null)
{
    private const int AverageChunk = 4096;

    // The last linear layer gives the outputs; it has no hidden units.
    private readonly (IUpdatedLayer Layer, int Strip)[] _hiddenStrips = maximumNorm is null ? [] :
    [
        .. layers.SkipLast(1).Where(layer => layer.Matrix is not null)
            .SelectMany(layer => Enumerable.Range(0, layer.Matrix!.StripCount).Select(strip => (layer, strip))),
    ];

    /// <summary>The phases that compute the gradients of the whole batch, and no more.</summary>
    /// <param name="batchRows">The rows of the batch that are worked on here.</param>
    /// <param name="pieces">The pieces into which parameters are cut.</param>
    public IEnumerable<TeamPhase> Gradients(Func<int> batchRows, Func<int> pieces)
    {
        Action? sum = ranks is null ? null : () => ranks.Sum(parameters.Gradients.Span);
        yield return new(pieces, piece => shares.Update(piece, pieces(), batchRows(), updater, UpdatePart.Gradients), sum);
    }

    /// <summary>The phases of a whole update.</summary>
    /// <param name="batchRows">The rows of the batch that are worked on here.</param>
    /// <param name="pieces">The pieces into which parameters are cut.</param>
    public IEnumerable<TeamPhase> Phases(Func<int> batchRows, Func<int> pieces)
    {
        TeamPhase Update(UpdatePart part) => new(pieces, piece => shares.Update(piece, pieces(), batchRows(), updater, part));

        if (ranks is null && updater.MatrixOptimizer is null && updater.Clip is not { NeedsNorm: true })
        {
            yield return Update(UpdatePart.Both);
        }
        else
        {
            foreach (TeamPhase phase in Gradients(batchRows, pieces))
                yield return phase;
            if (updater.Clip is { NeedsNorm: true } clip)
                yield return new TeamPhase(() => clip.Chunks, clip.SumSquares, clip.JoinSums);
            if (updater.MatrixOptimizer is { } matrices)
            {
                yield return new TeamPhase(() => matrices.StripCount, updater.PrepareStrip);
                foreach (MatrixRound round in matrices.Rounds)
                    yield return new TeamPhase(() => round.Parts, round.Execute);
            }
            yield return Update(UpdatePart.Parameters);
        }

        if (maximumNorm is null)
            yield break;

        yield return new TeamPhase(() => _hiddenStrips.Length, LimitNorms);
        if (updater.Average is not null)
            yield return new TeamPhase(() => AverageChunks, Average);
    }

    /// <summary>Scales down what exceeds the limit, in all hidden layers.</summary>
    public void LimitNorms()
    {
        for (int strip = 0; strip < _hiddenStrips.Length; strip++)
            LimitNorms(strip);
    }

    /// <summary>Takes all parameters into their averages.</summary>
    public void Average()
    {
        for (int chunk = 0; chunk < AverageChunks; chunk++)
            Average(chunk);
    }

    private int AverageChunks => (parameters.Values.Length + AverageChunk - 1) / AverageChunk;

    private void LimitNorms(int strip) => _hiddenStrips[strip].Layer.LimitNorms(_hiddenStrips[strip].Strip, maximumNorm!.Value);

    private unsafe void Average(int chunk)
    {
        AlignedBuffer values = parameters.Values;
        int first = chunk * AverageChunk;
        updater.Average!.Take(first, Math.Min(AverageChunk, values.Length - first), values.Pointer + first);
    }
}
