namespace MLExtensions.Networks.Scoring;

/// <summary>Scores with each member of a network that is several at once.</summary>
internal sealed unsafe class PackedMemberScorer : IMemberScorer
{
    [ThreadStatic]
    private static AlignedBuffer? s_scratch;

    private readonly ScoringStep[] _steps;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _widest;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">The network; its last layer is that of its members.</param>
    /// <param name="weights">Its weights; copied.</param>
    public PackedMemberScorer(NetworkDescription network, NetworkWeights weights)
    {
        var plan = new ScoringPlan(network, weights);
        (_steps, _inputs, _outputs, _widest) = (plan.Steps, network.Inputs, network.Outputs, plan.Widest);
        MemberCount = ((MemberOutputLayer)network.Layers[^1]).Members;
    }

    /// <inheritdoc/>
    public int MemberCount { get; }

    /// <inheritdoc/>
    public void ScoreMembers(ReadOnlySpan<float> features, Span<float> outputs)
    {
        var scratch = s_scratch is { } kept && kept.Length >= 2 * _widest ? kept : s_scratch = new AlignedBuffer(2 * _widest);

        // One row is as it lies in strips.
        float* values = scratch.Pointer, free = values + _widest;
        features[.._inputs].CopyTo(new Span<float>(values, _inputs));
        foreach (var step in _steps)
        {
            float* output = step.Run(values, free, step.RowFactor);
            free = output == free ? values : free;
            values = output;
        }

        // Behind the mean the last step leaves what each member gives.
        int length = StripMatrix.PaddedColumns(_outputs);
        for (int member = 0; member < MemberCount; member++)
            new ReadOnlySpan<float>(values + (member + 1) * length, _outputs).CopyTo(outputs[(member * _outputs)..]);
        GC.KeepAlive(this);
        GC.KeepAlive(scratch);
    }
}
