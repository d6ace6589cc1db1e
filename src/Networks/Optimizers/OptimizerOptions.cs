namespace MLExtensions.Networks;

/// <summary>How weights move along the gradient. Use one of the derived records.</summary>
public abstract record OptimizerOptions
{
    private protected OptimizerOptions(float learningRate) => LearningRate = learningRate;

    /// <summary>The size of a step; positive and finite.</summary>
    public float LearningRate { get; init; }

    /// <summary>The weight decay that is no part of the gradient; 0 where the optimizer has none.</summary>
    internal virtual float DecoupledDecay => 0;

    /// <summary>Whether steps are the same, but for rounding and ε, where all gradients are multiplied by a factor.</summary>
    internal virtual bool IgnoresGradientScale => false;

    /// <summary>Whether each step takes all training rows.</summary>
    internal virtual bool TakesAllRows => false;

    /// <summary>The optimizer in managed code; null for one that runs above the session.</summary>
    /// <param name="setup">What it is about.</param>
    internal virtual ManagedOptimizer? Open(OptimizerSetup setup) => null;

    /// <summary>One message for each value outside its range.</summary>
    internal virtual IEnumerable<string> Validate() => Failures(Positive(LearningRate));

    /// <summary>One message for each other option that the optimizer cannot do with.</summary>
    /// <param name="facts">The other options.</param>
    internal virtual IEnumerable<string> CheckBeside(TrainingFacts facts) => [];
}
