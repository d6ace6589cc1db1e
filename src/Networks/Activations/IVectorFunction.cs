namespace MLExtensions.Networks.Activations;

/// <summary>The way of a gradient back through a function of each unit.</summary>
internal interface IGradientFunction
{
    /// <summary>Whether gradients stay as they are.</summary>
    static virtual bool IsIdentity => false;

    /// <summary>gradient x f'(x).</summary>
    /// <param name="saved">f(x) or x, as the function needs.</param>
    /// <param name="gradient">The gradient with respect to f(x).</param>
    TVector Gradient<TVector>(TVector saved, TVector gradient)
        where TVector : unmanaged, IVector<TVector>;
}

/// <summary>An activation function and its derivative on vectors; what its gradient saves, <see cref="DerivativeUsesValue"/> says.</summary>
internal interface IVectorFunction : IGradientFunction
{
    /// <summary>
    /// Whether the derivative is computed from the function's value. If so, the value may overwrite the argument;
    /// otherwise the derivative needs the argument.
    /// </summary>
    static abstract bool DerivativeUsesValue { get; }

    /// <summary>Whether this is max(0, x).</summary>
    static virtual bool IsRectifier => false;

    /// <summary>f(x).</summary>
    TVector Value<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>;
}

/// <summary>Makes something of an activation function whose type it is told.</summary>
/// <typeparam name="TResult">What it makes.</typeparam>
internal interface IActivationMaker<TResult>
{
    /// <summary>Makes it.</summary>
    TResult Make<TFunction>(TFunction function)
        where TFunction : struct, IVectorFunction;
}
