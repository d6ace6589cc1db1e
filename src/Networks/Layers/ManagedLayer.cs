namespace MLExtensions.Networks.Layers;

/// <summary>
/// A layer with its buffers. Rows of a batch pass through it in any portions, each by one thread; gradients flow back
/// through the same matrices, in place wherever the layer has as many outputs as inputs.
/// </summary>
internal abstract class ManagedLayer : IUpdatedLayer
{
    /// <summary>Shares of the parameters begin at whole multiples of this row: a cache line of a transposed copy has one writer.</summary>
    public const int RowGranularity = 16;

    /// <summary>What the layer reads, [batch x inputs].</summary>
    public required StripMatrix Input { get; init; }

    /// <summary>What the layer writes, [batch x outputs]; may be <see cref="Input"/>.</summary>
    public required StripMatrix Output { get; init; }

    /// <summary>
    /// The gradient of the loss with respect to the output, [batch x outputs]; null where no earlier layer has parameters,
    /// so that nobody asks for it.
    /// </summary>
    public required StripMatrix? Gradient { get; init; }

    /// <summary>
    /// Whether the output must stay until rows have gone backward: the layer needs it, or left it where another one does. The next layer
    /// may else write over it, since all others go back to their input or to nothing.
    /// </summary>
    public virtual bool KeepsOutput => false;

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
    public virtual int ParameterRows => 0;

    /// <inheritdoc/>
    public virtual int ParameterRowLength => 0;

    /// <inheritdoc/>
    public virtual void Update(RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part)
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

    /// <summary>Hands out the gradients of the last step, without penalties; leaves what has none.</summary>
    /// <param name="destination">All gradients of the network.</param>
    public virtual void ExportGradients(NetworkWeights destination)
    {
    }

    /// <summary>Hands out the moving averages of this layer.</summary>
    /// <param name="averages">The averages of all parameters.</param>
    /// <param name="destination">All parameters of the network.</param>
    public virtual void ExportAverages(WeightAverage averages, NetworkWeights destination)
    {
    }

    /// <summary>Gives or sets the moving averages of what is no parameter.</summary>
    /// <param name="state">The exchange.</param>
    public virtual void ExchangeAverages(StateExchange state)
    {
    }

    /// <summary>Takes the parameters of this layer.</summary>
    /// <param name="source">All parameters of the network.</param>
    public virtual void Import(NetworkWeights source)
    {
    }

    /// <summary>Hands out the parameters of this layer.</summary>
    /// <param name="destination">All parameters of the network.</param>
    public virtual void Export(NetworkWeights destination)
    {
    }
}
