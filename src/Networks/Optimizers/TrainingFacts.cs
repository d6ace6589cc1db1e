namespace MLExtensions.Networks.Optimizers;

/// <summary>What an optimizer may have to know of the other options: each tells what is asked for, not what is the default.</summary>
internal sealed record TrainingFacts
{
    /// <summary>Whether there are hidden layers.</summary>
    public required bool HasHiddenLayers { get; init; }

    /// <summary>The name of a network of the application's own, which describes itself; else null.</summary>
    public required string? CustomNetwork { get; init; }

    /// <summary>Whether anything is said about how rows are cut into batches.</summary>
    public required bool CutsBatches { get; init; }

    /// <summary>Whether classes are spread over batches.</summary>
    public required bool StratifiesBatches { get; init; }

    /// <summary>Whether units or weights are dropped.</summary>
    public required bool HasDropout { get; init; }

    /// <summary>Whether weights or rows get noise, or rows are mixed.</summary>
    public required bool HasNoise { get; init; }

    /// <summary>Whether penalties and decay change in the course of training.</summary>
    public required bool VariesDecay { get; init; }

    /// <summary>Whether gradients or norms are limited.</summary>
    public required bool HasLimits { get; init; }

    /// <summary>Whether parameters have rates of their own.</summary>
    public required bool HasRateFactors { get; init; }
}
