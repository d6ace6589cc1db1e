namespace MLExtensions.Networks.Layers;

/// <summary>
/// y = γ (x - mean) / √(variance + ε) + β. Its statistics are those of the whole batch, so threads that share rows meet twice in a
/// step: after the sums over slices of rows forward, and after those backward. Slices are the same for any number of
/// threads and are joined in order, hence so is the result.
/// </summary>
internal sealed unsafe class ManagedBatchNormalizationLayer : ManagedUnitLayer
{
    private readonly BatchNormalizationLayer _layer;
    private readonly int _index;
    private readonly ScaleAndShift _affine;
    private readonly int _padded;
    private readonly StripMatrix _slicesA;
    private readonly StripMatrix _slicesB;
    private readonly AlignedBuffer _runningMean;
    private readonly AlignedBuffer _runningVariance;
    private readonly AlignedBuffer _mean;
    private readonly AlignedBuffer _variance;
    private readonly AlignedBuffer _inverseDeviation;
    private readonly AlignedBuffer _scale;
    private readonly AlignedBuffer _meanGradient;
    private readonly AlignedBuffer _slope;
    private AlignedBuffer? _averageMean;
    private AlignedBuffer? _averageVariance;

    /// <summary>Makes the layer; its parameters and running statistics are zero.</summary>
    /// <param name="layer">The size and the constants.</param>
    /// <param name="place">Where the layer stands.</param>
    public ManagedBatchNormalizationLayer(BatchNormalizationLayer layer, LayerPlace place)
        : base(place.Input, place.NewMatrix(layer.Size), place.InputGradient ?? place.NewMatrix(layer.Size))
    {
        _layer = layer;
        _index = place.Index;
        _affine = new ScaleAndShift(layer.Size, layer.Affine, place);
        Vectors = _affine.Learned;
        _padded = StripMatrix.PaddedColumns(layer.Size);
        _slicesA = place.NewSlices(layer.Size);
        _slicesB = place.NewSlices(layer.Size);
        _runningMean = new AlignedBuffer(_padded);
        _runningVariance = new AlignedBuffer(_padded);
        _mean = new AlignedBuffer(_padded);
        _variance = new AlignedBuffer(_padded);
        _inverseDeviation = new AlignedBuffer(_padded);
        _scale = new AlignedBuffer(_padded);
        _meanGradient = new AlignedBuffer(_padded);
        _slope = new AlignedBuffer(_padded);
        StatisticsShare = layer.Momentum;
        FinishForward = JoinForward;
        FinishBackward = JoinBackward;
    }

    /// <summary>The rows of the present batch that are worked on here.</summary>
    public int BatchRows { get; set; }

    /// <summary>The rows of the whole batch, over which statistics are.</summary>
    public int AllRows { get => Ranks is null ? BatchRows : field; set; }

    /// <summary>The ranks that share batches; null where one process has all rows.</summary>
    public Communicator? Ranks { get; set; }

    /// <summary>The share of a batch in the running statistics; the layer's momentum but while statistics are gathered anew.</summary>
    public float StatisticsShare { get; set; }

    /// <summary>The share of a batch that the layer asks for.</summary>
    public float Momentum => _layer.Momentum;

    /// <summary>To be run once after every row has passed <see cref="SumForward(RowRange)"/>, before any passes Forward.</summary>
    public Action FinishForward { get; }

    /// <summary>To be run once after every row has passed <see cref="SumBackward"/>, before any passes Backward.</summary>
    public Action FinishBackward { get; }

    /// <summary>Sums what the statistics need over the slices that make up some rows.</summary>
    /// <param name="rows">The rows: whole slices, but for the last of the batch.</param>
    public void SumForward(RowRange rows)
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
            SumForward(strip, rows);
    }

    private void SumForward(int strip, RowRange rows)
    {
        int slice = rows.First / SliceMoments.Rows;
        InstructionSet.Run(new SliceMoments(
            Input.At(strip, rows.First), rows.Count, Input.Width, _slicesA.At(strip, slice), _slicesB.At(strip, slice)));
    }

    public override void Forward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Input.StripCount && !IsDoneByNext; strip++)
            Forward(default(IdentityActivation.Function), strip, rows);
    }

    public override bool SharesUnits => Ranks is null;

    /// <inheritdoc/>
    /// <remarks>Statistics are those of the units alone; nobody has to be waited for.</remarks>
    public override void ForwardUnits(int strip, RowRange rows, int step)
    {
        SumForward(strip, rows);
        JoinForward(strip);
        FinishStatistics(strip * Input.Width, Input.Width);
        if (!IsDoneByNext)
            Forward(default(IdentityActivation.Function), strip, rows);
    }

    public override void BackwardUnits(int strip, RowRange rows, int step)
    {
        if (!IsDoneByNext)
            SumBackward(default(IdentityActivation.Function), strip, rows);
        JoinBackward(strip);
        FinishGradients(strip * Input.Width, Input.Width);
        Backward(strip, rows);
    }

    /// <summary>What becomes of the values of one strip, once the statistics are known.</summary>
    /// <param name="strip">The strip.</param>
    public NormalizedValues Normalized(int strip)
    {
        int column = strip * Input.Width;
        return new(_mean.Pointer + column, _scale.Pointer + column, _affine.Beta.Values + column);
    }

    /// <summary>Computes output rows of one strip as a function of the normalized ones.</summary>
    /// <param name="function">The function.</param>
    /// <param name="strip">The strip.</param>
    /// <param name="rows">The rows.</param>
    public void Forward<TFunction>(TFunction function, int strip, RowRange rows)
        where TFunction : struct, IVectorFunction => InstructionSet.Run(new Normalize<TFunction>(
            function, Normalized(strip), Input.At(strip, rows.First), Output.At(strip, rows.First), rows.Count, Input.Width));

    /// <summary>Sums what the gradients need over the slices that make up some rows.</summary>
    /// <param name="rows">The rows: whole slices, but for the last of the batch.</param>
    public void SumBackward(RowRange rows)
    {
        for (int strip = 0; strip < Input.StripCount && !IsDoneByNext; strip++)
            SumBackward(default(IdentityActivation.Function), strip, rows);
    }

    /// <summary>
    /// Takes the gradient of rows of one strip back through a function of the normalized values, whose own values are the output, and sums it as
    /// <see cref="SumBackward(RowRange)"/>.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="strip">The strip.</param>
    /// <param name="rows">The rows: whole slices, but for the last of the batch.</param>
    public void SumBackward<TFunction>(TFunction function, int strip, RowRange rows)
        where TFunction : struct, IGradientFunction
    {
        int slice = rows.First / SliceMoments.Rows;
        InstructionSet.Run(new SliceGradientSums<TFunction>(
            function, Output.At(strip, rows.First), Input.At(strip, rows.First), Gradient!.At(strip, rows.First), rows.Count, Input.Width,
            _mean.Pointer + strip * Input.Width, _slicesA.At(strip, slice), _slicesB.At(strip, slice)));
    }

    public override void Backward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
            Backward(strip, rows);
    }

    private void Backward(int strip, RowRange rows)
    {
        int column = strip * Input.Width;
        InstructionSet.Run(new NormalizeBackward(
            Input.At(strip, rows.First), Gradient!.At(strip, rows.First), rows.Count, Input.Width,
            _mean.Pointer + column, _meanGradient.Pointer + column, _slope.Pointer + column, _scale.Pointer + column));
    }

    public override void Import(NetworkWeights source)
    {
        base.Import(source);
        source[source.Layout.Find(_index, ParameterRole.RunningMean)].CopyTo(_runningMean.Span);
        source[source.Layout.Find(_index, ParameterRole.RunningVariance)].CopyTo(_runningVariance.Span);
    }

    public override void ExportStatistics(NetworkWeights destination, bool averaged)
    {
        var (mean, variance) = averaged ? (_averageMean!, _averageVariance!) : (_runningMean, _runningVariance);
        mean.Span[.._layer.Size].CopyTo(destination[destination.Layout.Find(_index, ParameterRole.RunningMean)]);
        variance.Span[.._layer.Size].CopyTo(destination[destination.Layout.Find(_index, ParameterRole.RunningVariance)]);
    }

    /// <summary>Takes the running statistics into their moving averages.</summary>
    /// <param name="averages">The averages of the parameters, their step begun.</param>
    public void AverageStatistics(WeightAverage averages)
    {
        _averageMean ??= new AlignedBuffer(_padded);
        _averageVariance ??= new AlignedBuffer(_padded);
        averages.Take(_runningMean.Pointer, _averageMean.Pointer, _padded);
        averages.Take(_runningVariance.Pointer, _averageVariance.Pointer, _padded);
    }

    public override void ExchangeAverages(StateExchange state)
    {
        _averageMean ??= new AlignedBuffer(_padded);
        _averageVariance ??= new AlignedBuffer(_padded);
        state.Values("mean", _averageMean.Span);
        state.Values("variance", _averageVariance.Span);
    }

    private void JoinForward()
    {
        for (int strip = 0; strip < Input.StripCount && BatchRows > 0; strip++)
            JoinForward(strip);

        if (Ranks is not null)
            RankMoments.Join(Ranks, _mean.Span, _variance.Span, BatchRows, AllRows);
        FinishStatistics(0, _padded);
    }

    private void JoinForward(int strip)
    {
        int column = strip * Input.Width;
        InstructionSet.Run(new JoinMoments(
            _slicesA.At(strip, 0), _slicesB.At(strip, 0), BatchRows, Input.Width, _mean.Pointer + column, _variance.Pointer + column));
    }

    private void FinishStatistics(int first, int count)
    {
        // A batch of one row has no unbiased variance; its biased one, 0, stands in.
        float unbiased = AllRows > 1 ? AllRows / (AllRows - 1f) : 1;
        InstructionSet.Run(new FinishStatistics(
            _mean.Pointer + first, _variance.Pointer + first, _affine.Gamma.Values + first, count, _layer.Epsilon, StatisticsShare, unbiased,
            _inverseDeviation.Pointer + first, _scale.Pointer + first, _runningMean.Pointer + first, _runningVariance.Pointer + first));
    }

    private void JoinBackward()
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
            JoinBackward(strip);

        if (Ranks is not null)
            RankMoments.Sum(Ranks, _affine.Beta.GradientSpan, _affine.Gamma.GradientSpan);
        FinishGradients(0, _padded);
        // They are of all ranks already, and are added up once more.
        if (Ranks is { Rank: > 0 })
        {
            _affine.Beta.GradientSpan.Clear();
            _affine.Gamma.GradientSpan.Clear();
        }
    }

    private void JoinBackward(int strip)
    {
        int slices = SliceMoments.CountOf(BatchRows);
        int column = strip * Input.Width;
        InstructionSet.Run(new SumRows(_slicesA.At(strip, 0), slices, Input.Width, _affine.Beta.Gradients + column));
        InstructionSet.Run(new SumRows(_slicesB.At(strip, 0), slices, Input.Width, _affine.Gamma.Gradients + column));
    }

    // With d = 1 / √(variance + ε) and x̂ = (x - mean) d: dγ = Σ g x̂, dβ = Σ g, dx = γ d (g - dβ / n - x̂ dγ / n).
    private void FinishGradients(int first, int count) => InstructionSet.Run(new FinishGradients(
        _affine.Beta.Gradients + first, _affine.Gamma.Gradients + first, _inverseDeviation.Pointer + first, count, AllRows,
        _meanGradient.Pointer + first, _slope.Pointer + first));
}
