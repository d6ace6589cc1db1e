namespace MLExtensions.Networks;

/// <summary>
/// L-BFGS for small data: each step takes all training rows and makes up to <see cref="MaximumIterations"/> moves along minus the
/// gradient times an approximation of the inverse Hessian from the last <see cref="HistorySize"/> moves, each as long as a line search
/// finds good. An epoch is one step. Weights, steps and gradients are joined in double precision; L1 and L2 are part of what is minimized.
/// </summary>
/// <remarks>
/// Nocedal 1980, Mathematics of Computation 35; Nocedal, Wright 2006, chapter 7; as PyTorch's <c>LBFGS</c>. Not with what makes the
/// loss another function from step to step: dropout, noise, mixed rows, batches, a schedule of decay; nor with clipping, a limit on norms
/// or rate factors, which would spoil what it learns of the curvature.
/// </remarks>
public sealed record LbfgsOptions() : OptimizerOptions(learningRate: 1), IHostOptimizerOptions
{
    /// <summary>The most moves of a step, at least 1; 20 by default. A step also ends after 5/4 as many passes over the rows.</summary>
    public int MaximumIterations { get; init; } = 20;

    /// <summary>The moves that the approximation rests on, at least 1; 100 by default. Each takes two numbers per parameter.</summary>
    public int HistorySize { get; init; } = 100;

    /// <summary>
    /// Whether to search along each direction for a length that meets the strong Wolfe conditions; true by default. Without it each
    /// move is as long as the learning rate says.
    /// </summary>
    public bool LineSearch { get; init; } = true;

    /// <summary>A step ends where no component of the gradient is larger; at least 0 and finite, 1e-7 by default.</summary>
    public float GradientTolerance { get; init; } = 1e-7f;

    /// <summary>A step ends where neither loss nor any weight changes by more; at least 0 and finite, 1e-9 by default.</summary>
    public float ChangeTolerance { get; init; } = 1e-9f;

    internal override bool TakesAllRows => true;

    HostOptimizer IHostOptimizerOptions.Open(NetworkDescription network, EngineSettings settings) => new LbfgsHostOptimizer(this, network, settings);

    internal override IEnumerable<string> Validate() =>
        base.Validate().Concat(Failures(AtLeast(1, MaximumIterations), AtLeast(1, HistorySize), NotNegative(GradientTolerance), NotNegative(ChangeTolerance)));
    internal override IEnumerable<string> CheckBeside(TrainingFacts facts)
    {
        const string Reason = "its line search compares losses of one and the same function";
        if (facts.CutsBatches)
            yield return $"BatchSize, BatchSizeRule, BatchGrowth and DropLastBatch must be left at their defaults with LbfgsOptions, whose steps take all rows: {Reason}";
        if (facts.StratifiesBatches)
            yield return "StratifiedBatches must be false with LbfgsOptions, whose steps take all rows";
        // A network of the engine's own has its own dropout, if any.
        if (facts.HasDropout && facts.CustomNetwork is null)
            yield return $"DropoutRate, DropoutRates, InputDropoutRate and DropConnectRate must be 0 with LbfgsOptions: {Reason}";
        if (facts.HasNoise)
            yield return $"WeightNoise and InputNoise must be 0, and RowMixing null, with LbfgsOptions: {Reason}";
        if (facts.VariesDecay)
            yield return $"WeightDecaySchedule must be constant with LbfgsOptions: {Reason}";
        if (facts.HasLimits)
            yield return "ClipGradientNorm, ClipGradientValue and MaximumNorm must be null with LbfgsOptions: they would spoil what it learns of the curvature";
        if (facts.HasRateFactors)
            yield return "LearningRateFactors must be 1 with LbfgsOptions, which scales directions by the curvature";
    }
}
