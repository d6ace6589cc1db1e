namespace MLExtensions.Networks.Optimizers;

/// <summary>What is added to the gradient of the loss. A type of its own for "nothing" keeps the common case free of cost.</summary>
internal interface IPenalty
{
    /// <summary>gradient + the gradient of the penalty at weight.</summary>
    TVector AddTo<TVector>(TVector gradient, TVector weight)
        where TVector : unmanaged, IVector<TVector>;
}

/// <summary>The gradient of λ₁ Σ |w| + λ₂ / 2 Σ w².</summary>
/// <param name="L1">λ₁.</param>
/// <param name="L2">λ₂.</param>
internal readonly record struct Penalty(float L1, float L2) : IPenalty
{
    /// <summary>Whether both are 0.</summary>
    public bool IsNone => L1 == 0 && L2 == 0;

    /// <summary>The penalty times a factor.</summary>
    public static Penalty operator *(Penalty penalty, float factor) => new(penalty.L1 * factor, penalty.L2 * factor);

    /// <summary>gradient + λ₁ sign(w) + λ₂ w, with sign(0) = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddTo<TVector>(TVector gradient, TVector weight)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector sign = weight & TVector.CreateBits(int.MinValue);
        TVector isNonzero = TVector.GreaterThan(VectorMath.Absolute(weight), TVector.Zero);
        TVector l1 = isNonzero & (TVector.Create(L1) | sign);
        return TVector.MultiplyAdd(weight, TVector.Create(L2), gradient + l1);
    }
}

/// <summary>Nothing is added.</summary>
internal readonly struct NoPenalty : IPenalty
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddTo<TVector>(TVector gradient, TVector weight)
        where TVector : unmanaged, IVector<TVector> => gradient;
}
