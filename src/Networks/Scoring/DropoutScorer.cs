namespace MLExtensions.Networks.Scoring;

/// <summary>
/// Scores with dropout on: each pass leaves other units out (Monte-Carlo dropout). Which ones depends on the seed and the pass, and not on the row,
/// so that passes are as many thinned networks: a row has the same outputs alone and in any batch, and rows that are alike have outputs that are.
/// </summary>
/// <remarks>Gal, Ghahramani 2016, "Dropout as a Bayesian Approximation", arXiv 1506.02142.</remarks>
internal sealed unsafe class DropoutScorer : IMemberScorer
{
    [ThreadStatic]
    private static AlignedBuffer? s_scratch;

    private readonly ScoringStep[] _shared;
    private readonly ScoringStep[] _steps;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _columns;
    private readonly int _widest;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">The network; it has dropout, and is one.</param>
    /// <param name="weights">Its weights; copied.</param>
    /// <param name="passes">The number of passes, at least 1.</param>
    /// <param name="seed">The seed of the training.</param>
    public DropoutScorer(NetworkDescription network, NetworkWeights weights, int passes, int seed)
    {
        var plan = new ScoringPlan(network, weights, RandomStream.Key(seed, "Monte-Carlo dropout"));
        int first = Array.FindIndex(plan.Steps, step => step is DropoutStep);
        if (first < 0)
            throw new ArgumentException("The network has no dropout.", nameof(network));

        (_shared, _steps) = (plan.Steps[..first], plan.Steps[first..]);
        (_inputs, _outputs, MemberCount) = (network.Inputs, network.Outputs, passes);
        _columns = ((DropoutStep)plan.Steps[first]).Columns;
        _widest = plan.Widest;
    }

    /// <inheritdoc/>
    public int MemberCount { get; }

    /// <inheritdoc/>
    public void ScoreMembers(ReadOnlySpan<float> features, Span<float> outputs)
    {
        int most = Math.Min(MemberCount, RowRange.PortionRows);
        int needed = 2 * (most + 1) * _widest;
        var scratch = s_scratch is { } kept && kept.Length >= needed ? kept : s_scratch = new AlignedBuffer(needed);

        // One row is as it lies in strips. What comes before the first dropout is the same in all passes.
        float* row = scratch.Pointer;
        features[.._inputs].CopyTo(new Span<float>(row, _inputs));
        var passes = new RowRange(0, 1);
        row = Run(_shared, row, row + _widest, passes);
        float* values = scratch.Pointer + 2 * _widest;
        for (var rest = new RowRange(0, MemberCount); RowRange.TakePortion(ref rest, RowRange.PortionRows, out passes);)
        {
            Repeat(row, values, passes.Count);
            Gather(Run(_steps, values, values + passes.Count * _widest, passes), passes, outputs);
        }
        GC.KeepAlive(this);
        GC.KeepAlive(scratch);
    }

    private static float* Run(ScoringStep[] steps, float* values, float* free, RowRange passes)
    {
        foreach (var step in steps)
        {
            float* output = step is DropoutStep dropout ? dropout.Run(values, passes) : step.Run(values, free, passes.Count);
            free = output == free ? values : free;
            values = output;
        }
        return values;
    }

    private void Repeat(float* row, float* values, int passes)
    {
        int width = StripMatrix.WidthOf(_columns), strips = StripMatrix.PaddedColumns(_columns) / width;
        for (int strip = 0; strip < strips; strip++)
        {
            var part = new ReadOnlySpan<float>(row + strip * width, width);
            for (int pass = 0; pass < passes; pass++)
                part.CopyTo(new Span<float>(values + (nint)strip * passes * width + pass * width, width));
        }
    }

    private void Gather(float* values, RowRange passes, Span<float> outputs)
    {
        int width = StripMatrix.WidthOf(_outputs);
        for (int pass = passes.First; pass < passes.End; pass++)
        {
            var to = outputs.Slice(pass * _outputs, _outputs);
            for (int column = 0; column < _outputs; column += width)
            {
                var part = to.Slice(column, Math.Min(width, _outputs - column));
                new ReadOnlySpan<float>(values + (nint)column * passes.Count + (nint)(pass - passes.First) * width, part.Length).CopyTo(part);
            }
        }
    }
}
