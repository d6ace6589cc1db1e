namespace MLExtensions.Networks;

/// <summary>f(x) = x / (1 + exp(-x)), also known as swish.</summary>
/// <remarks>Elfwing, Uchibe, Doya 2017, arXiv 1702.03118; Ramachandran, Zoph, Le 2017, arXiv 1710.05941.</remarks>
public sealed record SiluActivation : Activation;
