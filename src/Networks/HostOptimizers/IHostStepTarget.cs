namespace MLExtensions.Networks.HostOptimizers;

/// <summary>What a session offers to an optimizer that runs above it, on copies of weights and gradients in the memory of the host.</summary>
internal interface IHostStepTarget
{
    /// <summary>
    /// Forward in training mode, loss and backward at the present weights, as in a step; running statistics move, weights stay.
    /// </summary>
    /// <param name="rows">Indices of the rows of the batch, from 1 to the settings' <c>MaximumBatchRows</c> of them.</param>
    /// <param name="settings">The rates of the step.</param>
    /// <param name="destination">Receives the gradient of the loss, without penalties, in the places of the trained values; the others stay.</param>
    /// <returns>The weighted mean loss of the batch; null, with nothing computed, where the weights of the batch add up to zero.</returns>
    double? ComputeGradients(ReadOnlySpan<int> rows, in StepSettings settings, NetworkWeights destination);

    /// <summary>Copies the present weights and running statistics.</summary>
    /// <param name="destination">Receives them.</param>
    void GetWeights(NetworkWeights destination);

    /// <summary>Replaces weights and running statistics.</summary>
    /// <param name="source">The weights.</param>
    void SetWeights(NetworkWeights source);

    /// <summary>Called after the new weights of a step are set: limits norms and takes averages where the settings ask for it.</summary>
    void FinishStep();
}
