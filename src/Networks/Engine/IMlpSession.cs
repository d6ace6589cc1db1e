namespace MLExtensions.Networks;

/// <summary>One network in training on one block of data. Not thread-safe: one call at a time.</summary>
public interface IMlpSession : IDisposable
{
    /// <summary>
    /// One training step: forward with dropout and batch statistics, loss, backward, update of weights and of running
    /// statistics.
    /// </summary>
    /// <param name="rows">Indices of the rows of the batch, from 1 to the settings' <c>MaximumBatchRows</c> of them.</param>
    /// <param name="settings">The rates of this step.</param>
    /// <returns>
    /// The loss of the batch before the update, Σ weight loss / (rows x <see cref="EngineSettings.MeanWeight"/>), without penalties. Where
    /// the weights of the batch add up to zero: 0, and nothing is updated.
    /// </returns>
    double Step(ReadOnlySpan<int> rows, in StepSettings settings);

    /// <summary>The outputs of the last layer with dropout off and running statistics.</summary>
    /// <param name="rows">Indices of any number of rows.</param>
    /// <param name="outputs">Receives the logits or values, [rows x outputs].</param>
    void Score(ReadOnlySpan<int> rows, Span<float> outputs);

    /// <summary>Copies the present weights and running statistics.</summary>
    /// <param name="destination">Receives them; its layout is that of the network.</param>
    void GetWeights(NetworkWeights destination);

    /// <summary>Replaces weights and running statistics; the optimizer's state is kept.</summary>
    /// <param name="source">The weights; its layout is that of the network.</param>
    void SetWeights(NetworkWeights source);

    /// <summary>
    /// Copies the moving averages of weights and running statistics that <see cref="UpdateSettings.AverageDecay"/> asks for: the
    /// values after the first step, then a ← decay a + (1 - decay) w after each. Before the first step the present weights.
    /// </summary>
    /// <param name="destination">Receives them; its layout is that of the network.</param>
    void GetAverages(NetworkWeights destination);

    /// <summary>
    /// Moves the running statistics of normalization towards those of some rows, in training mode and without a step:
    /// r ← (1 - share) r + share s.
    /// </summary>
    /// <param name="rows">Indices of the rows of the batch, from 1 to the settings' <c>MaximumBatchRows</c> of them.</param>
    /// <param name="share">The share of these rows' statistics, above 0 and at most 1; 1 / k for the k-th batch makes a plain mean.</param>
    void UpdateStatistics(ReadOnlySpan<int> rows, float share);

    /// <summary>
    /// Gives or sets all that changes from step to step: weights and running statistics, moving averages, what the optimizer keeps, the
    /// number of the step and with it dropout, noise and mixing. A session that is opened alike and given the state of another goes on as
    /// that one would have. Not between <see cref="IQueuedMlpSession.Enqueue"/> and <see cref="IQueuedMlpSession.TakeLosses"/>.
    /// </summary>
    /// <param name="state">The exchange. What entries there are and how they are laid out is the engine's own business, but for weights.</param>
    /// <exception cref="ArgumentException">The state is of another network, optimizer or kind of processor.</exception>
    /// <exception cref="KeyNotFoundException">The state lacks an entry.</exception>
    void Exchange(StateExchange state);
}
