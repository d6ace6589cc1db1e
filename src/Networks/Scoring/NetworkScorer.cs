using System.Buffers;

namespace MLExtensions.Networks;

/// <summary>
/// A trained network prepared for scoring: normalization folded into the linear layer before it, weights laid out for the
/// kernels, dropout left out. Immutable, so any number of threads may score at once. A row's outputs are the same bits
/// alone and in a batch of any size. Calls allocate nothing once a thread has made its first.
/// </summary>
public sealed unsafe class NetworkScorer : INetworkScorer, IBatchScorer
{
    // One per thread, shared by all networks that the thread scores with.
    [ThreadStatic]
    private static AlignedBuffer? s_scratch;

    private readonly ScoringStep[] _steps;
    private readonly int _widest;
    private readonly int _portionRows;
    private readonly int _inputWidth;
    private readonly int _outputWidth;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights; copied.</param>
    /// <exception cref="ArgumentException">The layers do not fit together, or the weights are of another network.</exception>
    public NetworkScorer(NetworkDescription network, NetworkWeights weights)
    {
        NetworkChecks.Require(network);
        ArgumentNullException.ThrowIfNull(weights);
        int expected = new ParameterLayout(network).Length;
        if (weights.Layout.Length != expected)
            throw new ArgumentException($"The weights are of another network: expected {expected} values, got {weights.Layout.Length}.", nameof(weights));

        Inputs = network.Inputs;
        Outputs = network.Outputs;
        _inputWidth = StripMatrix.WidthOf(Inputs);
        _outputWidth = StripMatrix.WidthOf(Outputs);
        var plan = new ScoringPlan(network, weights);
        _steps = plan.Steps;
        _widest = plan.Widest;
        _portionRows = Math.Max(1, RowRange.PortionRows / plan.Members);
    }

    /// <summary>The number of features of a row.</summary>
    public int Inputs { get; }

    /// <summary>The number of outputs of a row: logits or values.</summary>
    public int Outputs { get; }

    /// <summary>The scorer of a network: managed code, but for networks of an application's own.</summary>
    /// <param name="network">The network; one of an application's own has its code.</param>
    /// <param name="weights">Its weights.</param>
    internal static INetworkScorer Of(NetworkDescription network, NetworkWeights weights) =>
        network.Layers switch
        {
            [CustomLayer { Code: { } code } layer] => code.CreateScorer(layer, weights),
            [EnsembleLayer ensemble] => new EnsembleScorer(ensemble, weights),
            _ => new NetworkScorer(network, weights),
        };

    /// <summary>Scores one row.</summary>
    /// <param name="features">The features, [inputs]. A number that is NaN gives outputs that are NaN, an invalid index counts as no category.</param>
    /// <param name="outputs">Receives the outputs, [outputs].</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public void Score(ReadOnlySpan<float> features, Span<float> outputs) => ScoreBatch(features, 1, outputs);

    /// <summary>Scores rows on the calling thread.</summary>
    /// <param name="features">The features, [rows x inputs], row-major. A number that is NaN gives outputs that are NaN, an invalid index counts as no category.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="outputs">Receives the outputs, [rows x outputs], row-major.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public void ScoreBatch(ReadOnlySpan<float> features, int rows, Span<float> outputs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (features.Length < (long)rows * Inputs)
            throw new ArgumentException($"Expected {rows} x {Inputs} features, got {features.Length}.", nameof(features));
        if (outputs.Length < (long)rows * Outputs)
            throw new ArgumentException($"Expected room for {rows} x {Outputs} outputs, got {outputs.Length}.", nameof(outputs));

        for (int first = 0; first < rows; first += _portionRows)
        {
            int count = Math.Min(_portionRows, rows - first);
            float* values = ScratchFor(count).Pointer;
            for (int row = 0; row < count; row++)
                Scatter(features.Slice((first + row) * Inputs, Inputs), values, row, count);
            Run(values, count, outputs.Slice(first * Outputs, count * Outputs));
        }
    }

    /// <summary>Scores rows of a data block on the calling thread.</summary>
    /// <param name="data">The data.</param>
    /// <param name="rows">The indices of the rows.</param>
    /// <param name="outputs">Receives the outputs, [rows x outputs].</param>
    internal void ScoreRows(DataBlock data, ReadOnlySpan<int> rows, Span<float> outputs)
    {
        float[]? gathered = data.Features.Array is null ? ArrayPool<float>.Shared.Rent(_portionRows * Inputs) : null;
        for (int first = 0; first < rows.Length; first += _portionRows)
        {
            int count = Math.Min(_portionRows, rows.Length - first);
            float* values = ScratchFor(count).Pointer;
            if (gathered is not null)
                data.Features.Gather(rows.Slice(first, count), gathered);
            for (int row = 0; row < count; row++)
                Scatter(gathered is not null ? gathered.AsSpan(row * Inputs, Inputs) : data.Features.Array.AsSpan(rows[first + row] * Inputs, Inputs), values, row, count);
            Run(values, count, outputs.Slice(first * Outputs, count * Outputs));
        }
        if (gathered is not null)
            ArrayPool<float>.Shared.Return(gathered);
    }

    // Room for the values of some rows before and after a step.
    private AlignedBuffer ScratchFor(int rows) =>
        s_scratch is { } kept && kept.Length >= 2 * rows * _widest ? kept : s_scratch = new AlignedBuffer(2 * rows * _widest);

    // Lets what lies at the beginning of the scratch memory pass through the steps.
    private void Run(float* values, int rows, Span<float> outputs)
    {
        float* free = values + rows * _widest;
        foreach (ScoringStep step in _steps)
        {
            float* output = step.Run(values, free, rows * step.RowFactor);
            free = output == free ? values : free;
            values = output;
        }

        for (int row = 0; row < rows; row++)
            Gather(values, row, rows, outputs.Slice(row * Outputs, Outputs));

        // The kernels hold bare pointers into the weights, and these are into the memory of the thread.
        GC.KeepAlive(this);
        GC.KeepAlive(s_scratch);
    }

    private void Scatter(ReadOnlySpan<float> from, float* strips, int row, int rows)
    {
        for (int column = 0; column < from.Length; column += _inputWidth)
        {
            ReadOnlySpan<float> part = from.Slice(column, Math.Min(_inputWidth, from.Length - column));
            part.CopyTo(new Span<float>(strips + (nint)column * rows + (nint)row * _inputWidth, part.Length));
        }
    }

    private void Gather(float* strips, int row, int rows, Span<float> to)
    {
        for (int column = 0; column < to.Length; column += _outputWidth)
        {
            Span<float> part = to.Slice(column, Math.Min(_outputWidth, to.Length - column));
            new ReadOnlySpan<float>(strips + (nint)column * rows + (nint)row * _outputWidth, part.Length).CopyTo(part);
        }
    }
}
