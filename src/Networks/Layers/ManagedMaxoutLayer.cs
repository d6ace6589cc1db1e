namespace MLExtensions.Networks.Layers;

/// <summary>The largest of several values for each unit.</summary>
internal sealed unsafe class ManagedMaxoutLayer : ManagedLayer
{
    private readonly MaxoutSegment[] _segments;
    private readonly StripMatrix _winners;

    /// <summary>Makes the layer.</summary>
    /// <param name="layer">The sizes.</param>
    /// <param name="place">Where the layer stands.</param>
    public ManagedMaxoutLayer(MaxoutLayer layer, LayerPlace place)
        : base(place.Input, place.NewMatrix(layer.Units), place.InputGradient is null ? null : place.NewMatrix(layer.Units))
    {
        _segments = MaxoutSegment.Divide(layer.Units, layer.Pieces);
        _winners = place.NewMatrix(layer.Units);
        InputGradient = place.InputGradient;
    }

    /// <summary>The gradient with respect to the input, [batch x (units x pieces)], or null.</summary>
    public StripMatrix? InputGradient { get; }

    public override void Forward(RowRange rows, int step)
    {
        foreach (MaxoutSegment segment in _segments)
        {
            InstructionSet.Run(new MaxoutForward(
                Input.At(segment.InputStrip, rows.First) + segment.InputColumn, Input.Width,
                Output.At(segment.OutputStrip, rows.First) + segment.OutputColumn,
                _winners.At(segment.OutputStrip, rows.First) + segment.OutputColumn, Output.Width, rows.Count, segment.Count, segment.Piece));
        }
    }

    public override void Backward(RowRange rows, int step)
    {
        if (InputGradient is null)
            return;

        foreach (MaxoutSegment segment in _segments)
        {
            InstructionSet.Run(new MaxoutBackward(
                InputGradient.At(segment.InputStrip, rows.First) + segment.InputColumn, InputGradient.Width,
                Gradient!.At(segment.OutputStrip, rows.First) + segment.OutputColumn,
                _winners.At(segment.OutputStrip, rows.First) + segment.OutputColumn, _winners.Width, rows.Count, segment.Count, segment.Piece));
        }
    }
}

/// <summary>The largest of several values for each unit.</summary>
/// <param name="layer">The sizes.</param>
internal sealed unsafe class MaxoutStep(MaxoutLayer layer) : ScoringStep
{
    private readonly MaxoutSegment[] _segments = MaxoutSegment.Divide(layer.Units, layer.Pieces);
    private readonly int _inputWidth = StripMatrix.WidthOf(layer.Units * layer.Pieces);
    private readonly int _outputWidth = StripMatrix.WidthOf(layer.Units);

    public override float* Run(float* values, float* free, int rows)
    {
        foreach (MaxoutSegment segment in _segments)
        {
            InstructionSet.Run(new MaxoutForward(
                values + (nint)segment.InputStrip * rows * _inputWidth + segment.InputColumn, _inputWidth,
                free + (nint)segment.OutputStrip * rows * _outputWidth + segment.OutputColumn, null, _outputWidth,
                rows, segment.Count, segment.Piece));
        }

        return free;
    }
}

/// <summary>
/// Columns of one piece of maxout units that lie side by side both in the strips of the input and in those of the output.
/// </summary>
/// <param name="Piece">The piece.</param>
/// <param name="Count">The number of columns.</param>
/// <param name="InputStrip">The strip of the input.</param>
/// <param name="InputColumn">The first column in that strip.</param>
/// <param name="OutputStrip">The strip of the output.</param>
/// <param name="OutputColumn">The first column in that strip.</param>
internal readonly record struct MaxoutSegment(int Piece, int Count, int InputStrip, int InputColumn, int OutputStrip, int OutputColumn)
{
    /// <summary>Divides the pieces of a layer at the borders of strips, piece by piece.</summary>
    /// <param name="units">The outputs.</param>
    /// <param name="pieces">The values of an output.</param>
    public static MaxoutSegment[] Divide(int units, int pieces)
    {
        int inputWidth = StripMatrix.WidthOf(units * pieces);
        int outputWidth = StripMatrix.WidthOf(units);
        var segments = new List<MaxoutSegment>();
        for (int piece = 0; piece < pieces; piece++)
        {
            for (int unit = 0; unit < units;)
            {
                int input = piece * units + unit;
                int count = Math.Min(units - unit, Math.Min(inputWidth - input % inputWidth, outputWidth - unit % outputWidth));
                segments.Add(new MaxoutSegment(piece, count, input / inputWidth, input % inputWidth, unit / outputWidth, unit % outputWidth));
                unit += count;
            }
        }

        return [.. segments];
    }
}

/// <summary>output = the larger of output and input, for one segment of some rows; the first piece is copied. NaN wins.</summary>
/// <param name="input">The first value of the input.</param>
/// <param name="inputWidth">The distance between rows of the input.</param>
/// <param name="output">The first value of the output.</param>
/// <param name="winners">Receives the piece of each output, laid out as the output; or null.</param>
/// <param name="outputWidth">The distance between rows of the output.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="count">The columns.</param>
/// <param name="piece">The piece.</param>
internal readonly unsafe struct MaxoutForward(
    float* input, int inputWidth, float* output, float* winners, int outputWidth, int rows, int count, int piece) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        int whole = count / TVector.Count * TVector.Count;
        for (int row = 0; row < rows; row++)
        {
            float* from = input + (nint)row * inputWidth;
            nint to = (nint)row * outputWidth;
            for (int i = 0; i < whole; i += TVector.Count)
                Take<TVector>(from + i, to + i);
            for (int i = whole; i < count; i++)
                Take<FloatScalar>(from + i, to + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take<TVector>(float* from, nint to)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector value = TVector.Load(from);
        TVector number = TVector.Create((float)piece);
        if (piece > 0)
        {
            TVector best = TVector.Load(output + to);
            TVector wins = TVector.GreaterThan(value, best) | VectorMath.IsNaN(value);
            value = TVector.Select(wins, value, best);
            if (winners != null)
                number = TVector.Select(wins, number, TVector.Load(winners + to));
        }

        value.Store(output + to);
        if (winners != null)
            number.Store(winners + to);
    }
}

/// <summary>inputGradient = outputGradient where the piece had won, else 0, for one segment of some rows.</summary>
/// <param name="inputGradients">The first gradient with respect to the input.</param>
/// <param name="inputWidth">The distance between its rows.</param>
/// <param name="outputGradients">The first gradient with respect to the output.</param>
/// <param name="winners">The piece of each output.</param>
/// <param name="outputWidth">The distance between rows of both.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="count">The columns.</param>
/// <param name="piece">The piece.</param>
internal readonly unsafe struct MaxoutBackward(
    float* inputGradients, int inputWidth, float* outputGradients, float* winners, int outputWidth, int rows, int count, int piece) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        int whole = count / TVector.Count * TVector.Count;
        for (int row = 0; row < rows; row++)
        {
            float* to = inputGradients + (nint)row * inputWidth;
            nint from = (nint)row * outputWidth;
            for (int i = 0; i < whole; i += TVector.Count)
                Give<TVector>(from + i, to + i);
            for (int i = whole; i < count; i++)
                Give<FloatScalar>(from + i, to + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Give<TVector>(nint from, float* to)
        where TVector : unmanaged, IVector<TVector>
    {
        // Pieces are whole numbers, so that half a piece away is another one.
        TVector distance = VectorMath.Absolute(TVector.Load(winners + from) - TVector.Create((float)piece));
        (TVector.GreaterThan(TVector.Create(0.5f), distance) & TVector.Load(outputGradients + from)).Store(to);
    }
}
