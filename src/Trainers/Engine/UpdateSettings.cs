namespace MLExtensions.Trainers.Engine;

/// <summary>What an engine does at the update beside the optimizer's step. By default nothing.</summary>
public sealed record UpdateSettings
{
    /// <summary>Factors on the learning rate.</summary>
    public LearningRateFactors Factors { get; init; } = new();

    /// <summary>Whether L1, L2 and weight decay act on biases and normalization parameters too, and not on weight matrices alone.</summary>
    public bool PenalizesAll { get; init; }
}
