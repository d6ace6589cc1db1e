namespace MLExtensions.Networks.Managed;

/// <summary>Rows of the data through the network as a model will score it, in parts that threads take.</summary>
/// <param name="data">The data.</param>
internal sealed unsafe class ScoringPass(DataBlock data)
{
    private NetworkScorer? _scorer;
    private int* _rows;
    private int _count;
    private float* _outputs;
    private TeamPhase[]? _phases;

    /// <summary>The members of the team that may take part.</summary>
    public int Members { get; set; } = 1;

    /// <summary>The work.</summary>
    public IReadOnlyList<TeamPhase> Phases => _phases ??= [new TeamPhase(() => Members, Score)];

    /// <summary>Says what to score next.</summary>
    /// <param name="scorer">The network.</param>
    /// <param name="rows">The indices of the rows, which stay where they are.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="outputs">Receives the outputs, [count x outputs]; stays where it is.</param>
    public void Choose(NetworkScorer scorer, int* rows, int count, float* outputs)
    {
        _scorer = scorer;
        _rows = rows;
        _count = count;
        _outputs = outputs;
    }

    private void Score(int part)
    {
        RowRange own = RowShares.Of(_count, part, Members);
        int outputs = _scorer!.Outputs;
        _scorer.ScoreRows(data, new ReadOnlySpan<int>(_rows + own.First, own.Count),
            new Span<float>(_outputs + (nint)own.First * outputs, own.Count * outputs));
    }
}
