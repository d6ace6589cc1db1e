namespace MLExtensions.Networks;

/// <summary>
/// An activation function of your own. Give it a name with <see cref="CustomActivation.Register"/> and train with what that returns:
/// models keep the name, and the program that loads them registers the same function under it.
/// </summary>
/// <remarks>
/// Both methods are called from several threads at once and must not change the object. Each element must depend on the element at its
/// place alone, and the same number must give the same result at any place. A <c>record</c> for the constants is the handiest.
/// </remarks>
public interface IActivationFunction
{
    /// <summary>values[i] = f(x[i]).</summary>
    /// <param name="x">The arguments; any number of units of a row.</param>
    /// <param name="values">Receives the values; as many, and not the same memory.</param>
    void Evaluate(ReadOnlySpan<float> x, Span<float> values);

    /// <summary>derivatives[i] = f'(x[i]); called in training alone.</summary>
    /// <param name="x">The arguments; any number of units of a row.</param>
    /// <param name="derivatives">Receives the derivatives; as many, and not the same memory.</param>
    void Differentiate(ReadOnlySpan<float> x, Span<float> derivatives);
}
