namespace MLExtensions.Trainers;

/// <summary>What the factory of a <see cref="TorchSharpNetwork"/> is told.</summary>
/// <param name="Features">The number of features of a row, at least 1.</param>
/// <param name="Outputs">
/// The number of outputs of a row: 1 logit for two classes, a logit per class for several, a value per label for regression.
/// </param>
public sealed record NetworkInput(int Features, int Outputs);
