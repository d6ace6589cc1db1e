namespace MLExtensions.Networks.Optimizers;

/// <summary>A decaying average a ← decay a + (1 - decay) x, kept out of subnormal numbers.</summary>
/// <param name="Decay">decay.</param>
/// <param name="Share">1 - decay, rounded once from double precision.</param>
internal readonly record struct DecayingAverage(float Decay, float Share)
{
    /// <summary>The average of a decay.</summary>
    public static DecayingAverage Of(float decay) => new(decay, (float)(1 - (double)decay));

    /// <summary>Takes x into the average that is kept at a place, and gives its new value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe TVector Take<TVector>(TVector x, float* kept)
        where TVector : unmanaged, IVector<TVector> => Store(
            TVector.MultiplyAdd(TVector.Create(Share), x, TVector.Create(Decay) * TVector.Load(kept)), kept);

    /// <summary>Takes x² into the average.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe TVector TakeSquare<TVector>(TVector x, float* kept)
        where TVector : unmanaged, IVector<TVector> => Store(
            TVector.MultiplyAdd(TVector.Create(Share) * x, x, TVector.Create(Decay) * TVector.Load(kept)), kept);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe TVector Store<TVector>(TVector average, float* kept)
        where TVector : unmanaged, IVector<TVector>
    {
        average = VectorMath.FlushTiny(average);
        average.Store(kept);
        return average;
    }
}
