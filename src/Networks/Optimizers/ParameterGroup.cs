namespace MLExtensions.Networks.Optimizers;

/// <summary>How the parameters of one tensor are updated.</summary>
/// <param name="RateFactor">The factor on the learning rate.</param>
/// <param name="IsPenalized">Whether L1, L2 and weight decay act on them.</param>
internal readonly record struct ParameterGroup(float RateFactor, bool IsPenalized);
