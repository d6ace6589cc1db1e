namespace MLExtensions.Networks.Update;

/// <summary>What the update asks of a layer.</summary>
internal interface IUpdatedLayer
{
    /// <summary>The rows into which the parameters are divided for sharing them among threads.</summary>
    int ParameterRows { get; }

    /// <summary>The parameters of a row.</summary>
    int ParameterRowLength { get; }

    /// <summary>The rows of the layer for each row of the batch.</summary>
    int RowFactor { get; }

    /// <summary>The weight matrix among the parameters; null where there is none.</summary>
    WeightMatrix? Matrix { get; }

    /// <summary>Prepares some of the parameters for a step, before any row passes.</summary>
    /// <param name="parameterRows">The rows of parameters.</param>
    /// <param name="step">The number of the step, from 0.</param>
    /// <param name="addNoise">Whether weights get noise where the settings ask for it.</param>
    void PrepareStep(RowRange parameterRows, int step, bool addNoise);

    /// <summary>Computes gradients of some of the parameters, updates them, or both.</summary>
    /// <param name="parameterRows">The rows of parameters.</param>
    /// <param name="batchRows">The rows of the batch.</param>
    /// <param name="updater">Updates parameters; its step has begun.</param>
    /// <param name="part">What of this to do.</param>
    void Update(RowRange parameterRows, int batchRows, ParameterUpdater updater, UpdatePart part);

    /// <summary>Scales down the weights of <see cref="Matrix"/> that enter a unit where their norm exceeds a limit.</summary>
    /// <param name="strip">The units.</param>
    /// <param name="maximum">The limit.</param>
    void LimitNorms(int strip, float maximum);
}
