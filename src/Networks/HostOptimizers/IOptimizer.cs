namespace MLExtensions.Networks;

/// <summary>
/// An optimizer of one's own: moves weights along gradients. One instance serves one training, on one thread; what it keeps from step to
/// step it keeps itself, and names it in <see cref="Exchange"/>. It works on copies in the memory of the host, whatever engine trains.
/// </summary>
public interface IOptimizer
{
    /// <summary>Updates one tensor in place. Called in every step for each trained tensor, in the order of the layers.</summary>
    /// <param name="tensor">The tensor: its role, its shape, and its offset in <c>[0, TrainedLength)</c> of the layout.</param>
    /// <param name="weights">The weights, row-major; receives the updated ones.</param>
    /// <param name="gradients">The gradient of the loss, clipped where the options ask for it and with L1 and L2 added.</param>
    /// <param name="learningRate">The learning rate of this tensor, <see cref="LearningRateFactors"/> included.</param>
    /// <param name="step">The number of the step, from 1.</param>
    void Update(ParameterTensor tensor, Span<float> weights, ReadOnlySpan<float> gradients, float learningRate, int step);

    /// <summary>
    /// Gives or sets all that the optimizer keeps from step to step, so that a training can be taken up again where it was left; nothing
    /// where it keeps nothing.
    /// </summary>
    /// <param name="state">The exchange: names each kept number once, for both directions.</param>
    void Exchange(StateExchange state);
}
