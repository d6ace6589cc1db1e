namespace MLExtensions.Networks;

/// <summary>How the parameters of one tensor are updated.</summary>
/// <param name="RateFactor">The factor on the learning rate.</param>
/// <param name="IsPenalized">Whether L1, L2 and weight decay act on them.</param>
public readonly record struct ParameterGroup(float RateFactor, bool IsPenalized);
