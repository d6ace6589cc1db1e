namespace MLExtensions.Networks;

/// <summary>What a tensor of a network is for; penalties on weights look at this.</summary>
public enum ParameterRole
{
    /// <summary>
    /// The matrix of a linear layer, or what else is trained and has two or more dimensions: the only role that L1, L2 and weight decay
    /// act on, unless all are asked for.
    /// </summary>
    Weight,

    /// <summary>The bias of a linear layer.</summary>
    Bias,

    /// <summary>γ of a normalization layer.</summary>
    NormalizationScale,

    /// <summary>β of a normalization layer.</summary>
    NormalizationShift,

    /// <summary>What an activation learns: the slopes of PReLU, the weights of a mixture.</summary>
    ActivationSlope,

    /// <summary>The running mean of a normalization layer: kept, not trained.</summary>
    RunningMean,

    /// <summary>The running variance of a normalization layer: kept, not trained.</summary>
    RunningVariance,

    /// <summary>Anything that is trained in a network of an application's own, and has less than two dimensions.</summary>
    CustomValue,

    /// <summary>Anything else that such a network knows: kept, not trained.</summary>
    CustomState,

    /// <summary>The factors of a layer that scales the features.</summary>
    InputScale,

    /// <summary>What scales the features inside the trainer, fitted to the training rows before training: kept, not trained.</summary>
    InputStatistic,

    /// <summary>Anything that is trained in a layer of embeddings: no penalty or decay acts on it, unless all are asked for.</summary>
    Embedding,

    /// <summary>The factors of members of a network that is several at once: no penalty or decay acts on them, unless all are asked for.</summary>
    MemberScale,

    /// <summary>The summands of such members.</summary>
    MemberShift,
}
