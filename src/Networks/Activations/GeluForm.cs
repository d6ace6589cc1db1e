namespace MLExtensions.Networks;

/// <summary>How a <see cref="GeluActivation"/> computes the normal distribution function.</summary>
public enum GeluForm
{
    /// <summary>x (1 + erf(x / √2)) / 2: the definition.</summary>
    Exact,

    /// <summary>x (1 + tanh(√(2 / π) (x + 0.044715 x³))) / 2: within 0.0005 of it, as the networks of BERT and GPT-2 have it.</summary>
    Tanh,
}
