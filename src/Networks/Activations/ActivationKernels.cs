namespace MLExtensions.Networks.Activations;

/// <summary>output = f(input); the lengths are whole numbers of vectors, and the two may be the same memory.</summary>
internal readonly unsafe struct ActivationForward<TFunction>(TFunction function, float* input, float* output, nint length)
    : IVectorKernel
    where TFunction : struct, IVectorFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        // Locals stay in registers; fields would be read again after every store.
        TFunction f = function;
        float* from = input;
        float* to = output;
        for (nint i = length; i > 0; i -= TVector.Count)
        {
            f.Value(TVector.Load(from)).Store(to);
            from += TVector.Count;
            to += TVector.Count;
        }
    }
}

/// <summary>gradient = gradient x f'; the lengths are whole numbers of vectors.</summary>
internal readonly unsafe struct ActivationBackward<TFunction>(TFunction function, float* saved, float* gradient, nint length)
    : IVectorKernel
    where TFunction : struct, IGradientFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        TFunction f = function;
        float* from = saved;
        float* to = gradient;
        for (nint i = length; i > 0; i -= TVector.Count)
        {
            f.Gradient(TVector.Load(from), TVector.Load(to)).Store(to);
            from += TVector.Count;
            to += TVector.Count;
        }
    }
}
