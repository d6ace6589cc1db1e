namespace MLExtensions.Networks.Experiments;

/// <summary>What a training of an experiment gave.</summary>
/// <param name="Network">The network.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="History">How it went.</param>
internal sealed record TrainedWeights(NetworkDescription Network, NetworkWeights Weights, TrainingHistory History);
