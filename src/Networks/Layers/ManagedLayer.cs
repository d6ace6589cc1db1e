namespace MLExtensions.Networks.Layers;

/// <summary>
/// A layer with its buffers. Rows of a batch pass through it in any portions, each by one thread; gradients flow back
/// through the same matrices, in place wherever the layer has as many outputs as inputs.
/// </summary>
/// <param name="input">What the layer reads, [batch x inputs].</param>
/// <param name="output">What the layer writes, [batch x outputs]; may be <paramref name="input"/>.</param>
/// <param name="gradient">
/// The gradient of the loss with respect to the output, [batch x outputs]; null where no earlier layer has parameters, so that nobody asks
/// for it.
/// </param>
internal abstract class ManagedLayer(StripMatrix input, StripMatrix output, StripMatrix? gradient) : IUpdatedLayer
{
    /// <summary>Shares of the parameters begin at whole multiples of this row: a cache line of a transposed copy has one writer.</summary>
    public const int RowGranularity = 16;

    /// <summary>What the layer reads.</summary>
    public StripMatrix Input { get; } = input;

    /// <summary>What the layer writes.</summary>
    public StripMatrix Output { get; } = output;

    /// <summary>The gradient with respect to the output, or null.</summary>
    public StripMatrix? Gradient { get; } = gradient;

    /// <summary>The parameters of a layer without a weight matrix: they are one row in the store, updated as one.</summary>
    protected ParameterVector[] Vectors { get; init; } = [];

    /// <summary>The rows of the layer for each row of the batch: as many as there are members, in a network that is several at once.</summary>
    public int RowFactor { get; set; } = 1;

    /// <summary>The rows of the layer that other ranks have before the first one here: random numbers go by the place in the whole batch.</summary>
    public int FirstRow { get; set; }

    /// <summary>
    /// Whether the output must stay until rows have gone backward: the layer needs it, or left it where another one does. The next layer
    /// may else write over it, since all others go back to their input or to nothing.
    /// </summary>
    public virtual bool KeepsOutput => false;

    /// <summary>Whether the layer is max(0, x), which the next one may do along with its own work (<see cref="IsDoneByNext"/>).</summary>
    public virtual bool IsRectifier => false;

    /// <summary>
    /// Whether the next layer does the work of this one on rows, forward and backward, so that they pass through memory once in place of
    /// twice. Of a batch normalization that is all but its statistics and the gradient that they bring.
    /// </summary>
    public bool IsDoneByNext { get; set; }

    /// <summary>The normalization before, next or with a ReLU between, whose work this layer does, and writes into its output; or null.</summary>
    public virtual ManagedBatchNormalizationLayer? Normalization => null;

    /// <summary>Called once before each training step, on one thread.</summary>
    /// <param name="settings">The rates of the step.</param>
    public virtual void BeginStep(in StepSettings settings)
    {
    }

    /// <summary>Whether every step begins with <see cref="PrepareStep"/>.</summary>
    public virtual bool NeedsPreparation => false;

    /// <inheritdoc/>
    public virtual void PrepareStep(RowRange parameterRows, int step, bool addNoise)
    {
    }

    /// <summary>Computes output rows in training.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="step">The number of the step, from 0.</param>
    public abstract void Forward(RowRange rows, int step);

    /// <summary>Turns rows of the gradient with respect to the output into that with respect to the input.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="step">The number of the step, from 0.</param>
    public abstract void Backward(RowRange rows, int step);

    /// <inheritdoc/>
    public virtual int ParameterRows => Vectors.Length > 0 ? 1 : 0;

    /// <inheritdoc/>
    public virtual int ParameterRowLength
    {
        get
        {
            int length = 0;
            foreach (ParameterVector vector in Vectors)
                length += vector.Padded;
            return length;
        }
    }

    /// <inheritdoc/>
    public virtual void Update(RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part)
    {
        if (parameterRows.Count == 0)
            return;

        if (part != UpdatePart.Parameters)
            JoinGradients(batchRows);
        if (part == UpdatePart.Gradients)
            return;

        foreach (ParameterVector vector in Vectors)
            vector.Update(updater);
        Refresh();
    }

    /// <summary>Joins what rows left on their way back into the gradients of <see cref="Vectors"/>.</summary>
    /// <param name="batchRows">The rows of the batch.</param>
    protected virtual void JoinGradients(int batchRows)
    {
    }

    /// <inheritdoc/>
    public virtual WeightMatrix? Matrix => null;

    /// <inheritdoc/>
    public virtual void LimitNorms(int strip, float maximum)
    {
    }

    /// <summary>Brings copies of the parameters up to date after these were changed in place.</summary>
    public virtual void Refresh()
    {
    }

    /// <summary>Takes the parameters of this layer, and its running statistics.</summary>
    /// <param name="source">All parameters of the network.</param>
    public virtual void Import(NetworkWeights source)
    {
        foreach (ParameterVector vector in Vectors)
            vector.Import(source);
        Refresh();
    }

    /// <summary>Hands out what stands at the places of this layer's parameters.</summary>
    /// <param name="values">The parameters of the network, their gradients or their averages, as they are stored.</param>
    /// <param name="destination">All tensors of the network; what is no parameter stays.</param>
    public virtual void Export(AlignedBuffer values, NetworkWeights destination)
    {
        foreach (ParameterVector vector in Vectors)
            vector.Export(values, destination);
    }

    /// <summary>Hands out what the layer keeps beside its parameters.</summary>
    /// <param name="destination">All tensors of the network.</param>
    /// <param name="averaged">Whether its moving averages are asked for.</param>
    public virtual void ExportStatistics(NetworkWeights destination, bool averaged)
    {
    }

    /// <summary>Gives or sets the moving averages of what is no parameter.</summary>
    /// <param name="state">The exchange.</param>
    public virtual void ExchangeAverages(StateExchange state)
    {
    }
}
