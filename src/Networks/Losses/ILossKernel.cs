namespace MLExtensions.Networks.Losses;

/// <summary>A loss of which each output has its own target, on vectors.</summary>
internal interface ILossKernel
{
    /// <summary>Computes losses of outputs and their derivatives.</summary>
    /// <param name="output">The outputs z.</param>
    /// <param name="target">The targets y.</param>
    /// <param name="loss">Receives the losses.</param>
    /// <param name="gradient">Receives ∂ loss / ∂ z.</param>
    void Compute<TVector>(TVector output, TVector target, out TVector loss, out TVector gradient)
        where TVector : unmanaged, IVector<TVector>;
}
