namespace MLExtensions.Networks.Vectors;

/// <summary>
/// Transcendental functions on vectors, accurate to a few units in the last place. Polynomials are least-squares fits
/// reweighted towards the smallest greatest error, evaluated by Horner's rule. NaN gives NaN.
/// </summary>
internal static class VectorMath
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: the first has few enough bits for n x Ln2High to be exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Adding 1.5 x 2^23 rounds to the nearest integer, which then sits in the low bits of the sum.
    private const float RoundingShift = 12582912f;

    /// <summary>exp(x); 0 below -104 and infinity above 89. Error at most 1 ulp (2 for subnormal results).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>
    {
        x = TVector.Min(TVector.Create(89f), TVector.Max(TVector.Create(-104f), x));
        TVector shifted = TVector.MultiplyAdd(x, TVector.Create(Log2E), TVector.Create(RoundingShift));
        TVector exp = ExpMinusOneReduced(x, shifted) + TVector.Create(1f);

        // 2^n in two factors: n reaches from -150 to 128, more than one exponent holds.
        TVector n = TVector.AddBits(shifted, TVector.CreateBits(-0x4B400000));
        TVector half = TVector.ShiftRightSignedBits(n, 1);
        TVector rest = TVector.AddBits(n, Negate(half));
        return exp * PowerOfTwo(half) * PowerOfTwo(rest);
    }

    /// <summary>exp(x) for x from -87 to 88, where the result is a normal number. Error at most 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfNormalResult<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector shifted = TVector.MultiplyAdd(x, TVector.Create(Log2E), TVector.Create(RoundingShift));
        TVector power = PowerOfTwo(TVector.AddBits(shifted, TVector.CreateBits(-0x4B400000)));
        return TVector.MultiplyAdd(ExpMinusOneReduced(x, shifted), power, power);
    }

    /// <summary>exp(x) - 1 for x up to 88, without cancellation near 0. Error at most 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpMinusOne<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>
    {
        // Below -87 the result is -1 in float.
        x = TVector.Min(TVector.Create(88f), TVector.Max(TVector.Create(-87f), x));
        TVector shifted = TVector.MultiplyAdd(x, TVector.Create(Log2E), TVector.Create(RoundingShift));
        TVector power = PowerOfTwo(TVector.AddBits(shifted, TVector.CreateBits(-0x4B400000)));
        return TVector.MultiplyAdd(ExpMinusOneReduced(x, shifted), power, power - TVector.Create(1f));
    }

    /// <summary>1 / (1 + exp(-x)). Error at most 3 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector one = TVector.Create(1f);
        return one / (one + Exp(TVector.Zero - x));
    }

    /// <summary>tanh(x). Error at most 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>
    {
        // 1 - 2 / (exp(2|x|) + 1) cancels near 0, where a polynomial takes its place.
        TVector magnitude = Absolute(x);
        TVector one = TVector.Create(1f);
        TVector two = TVector.Create(2f);
        TVector large = one - two / (Exp(magnitude * two) + one);

        TVector s = x * x;
        TVector p = TVector.Create(-5.704987e-3f);
        p = TVector.MultiplyAdd(p, s, TVector.Create(2.0639088e-2f));
        p = TVector.MultiplyAdd(p, s, TVector.Create(-5.3739715e-2f));
        p = TVector.MultiplyAdd(p, s, TVector.Create(1.3331442e-1f));
        p = TVector.MultiplyAdd(p, s, TVector.Create(-3.3333281e-1f));
        TVector small = TVector.MultiplyAdd(p * s, x, x);

        return TVector.Select(TVector.GreaterThan(magnitude, TVector.Create(0.625f)), large | Sign(x), small);
    }

    /// <summary>The error function. Error at most 3 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Erf<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>
    {
        // For |x| > 1: 1 - exp(-q(|x|)), with q = -log(erfc); from 4 on, erf is 1 in float.
        TVector magnitude = TVector.Min(TVector.Create(4f), Absolute(x));
        TVector q = TVector.Create(-1.8557407e-4f);
        q = TVector.MultiplyAdd(q, magnitude, TVector.Create(2.9396079e-3f));
        q = TVector.MultiplyAdd(q, magnitude, TVector.Create(-2.180532e-2f));
        q = TVector.MultiplyAdd(q, magnitude, TVector.Create(1.0303737e-1f));
        q = TVector.MultiplyAdd(q, magnitude, TVector.Create(6.382257e-1f));
        q = TVector.MultiplyAdd(q, magnitude, TVector.Create(1.12704f));
        q = TVector.MultiplyAdd(q, magnitude, TVector.Create(3.5371876e-4f));
        TVector large = TVector.Create(1f) - Exp(TVector.Zero - q);

        TVector s = x * x;
        TVector p = TVector.Create(7.853897e-5f);
        p = TVector.MultiplyAdd(p, s, TVector.Create(-8.0102053e-4f));
        p = TVector.MultiplyAdd(p, s, TVector.Create(5.1883293e-3f));
        p = TVector.MultiplyAdd(p, s, TVector.Create(-2.6853813e-2f));
        p = TVector.MultiplyAdd(p, s, TVector.Create(1.12835854e-1f));
        p = TVector.MultiplyAdd(p, s, TVector.Create(-3.7612626e-1f));
        p = TVector.MultiplyAdd(p, s, TVector.Create(1.2837911e-1f));
        TVector small = TVector.MultiplyAdd(p, x, x);

        return TVector.Select(TVector.GreaterThan(magnitude, TVector.Create(1f)), large | Sign(x), small);
    }

    /// <summary>log(x) for positive normal x. Error at most 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>
    {
        // x = 2^n m with m in [√½, √2), so that log m is small where n is 0.
        TVector offset = TVector.AddBits(x, TVector.CreateBits(0x3F800000 - 0x3F3504F3));
        TVector n = TVector.AddBits(TVector.ShiftRightBits(offset, 23), TVector.CreateBits(-127));
        TVector m = TVector.AddBits(offset & TVector.CreateBits(0x007FFFFF), TVector.CreateBits(0x3F3504F3));
        TVector count = TVector.AddBits(n, TVector.CreateBits(0x4B400000)) - TVector.Create(RoundingShift);
        TVector log = LogOfOnePlus(m - TVector.Create(1f), count);
        return TVector.Select(TVector.GreaterThan(x, TVector.Create(float.MaxValue)) | IsNaN(x), x, log);
    }

    /// <summary>log(1 + x) for x from 0 to 1, without cancellation near 0. Error at most 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogOnePlus<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>
    {
        // 1 + x = 2 (1 + (x - 1) / 2) brings the larger half of the range to where the polynomial holds.
        TVector isLarge = TVector.GreaterThan(x, TVector.Create(0.41421356f));
        TVector halved = (x - TVector.Create(1f)) * TVector.Create(0.5f);
        return LogOfOnePlus(TVector.Select(isLarge, halved, x), isLarge & TVector.Create(1f));
    }

    /// <summary>
    /// √2 erf⁻¹(x): the quantile of the normal distribution at (1 + x) / 2, for |x| up to 1 - 2⁻²³. Error at most 1e-6, relative. Giles
    /// 2010, "Approximating the erfinv function", single precision.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector NormalQuantile<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector one = TVector.Create(1f);
        TVector w = TVector.Zero - Log((one - x) * (one + x));
        TVector v = w - TVector.Create(2.5f);
        TVector p = TVector.Create(2.81022636e-08f);
        p = TVector.MultiplyAdd(p, v, TVector.Create(3.43273939e-07f));
        p = TVector.MultiplyAdd(p, v, TVector.Create(-3.5233877e-06f));
        p = TVector.MultiplyAdd(p, v, TVector.Create(-4.39150654e-06f));
        p = TVector.MultiplyAdd(p, v, TVector.Create(0.00021858087f));
        p = TVector.MultiplyAdd(p, v, TVector.Create(-0.00125372503f));
        p = TVector.MultiplyAdd(p, v, TVector.Create(-0.00417768164f));
        p = TVector.MultiplyAdd(p, v, TVector.Create(0.246640727f));
        p = TVector.MultiplyAdd(p, v, TVector.Create(1.50140941f));

        TVector u = TVector.Sqrt(TVector.Max(TVector.Create(5f), w)) - TVector.Create(3f);
        TVector q = TVector.Create(-0.000200214257f);
        q = TVector.MultiplyAdd(q, u, TVector.Create(0.000100950558f));
        q = TVector.MultiplyAdd(q, u, TVector.Create(0.00134934322f));
        q = TVector.MultiplyAdd(q, u, TVector.Create(-0.00367342844f));
        q = TVector.MultiplyAdd(q, u, TVector.Create(0.00573950773f));
        q = TVector.MultiplyAdd(q, u, TVector.Create(-0.0076224613f));
        q = TVector.MultiplyAdd(q, u, TVector.Create(0.00943887047f));
        q = TVector.MultiplyAdd(q, u, TVector.Create(1.00167406f));
        q = TVector.MultiplyAdd(q, u, TVector.Create(2.83297682f));
        return TVector.Select(TVector.GreaterThan(w, TVector.Create(5f)), q, p) * x * TVector.Create(1.41421356f);
    }

    /// <summary>sin 2πt and cos 2πt for |t| below 2²². Error at most 6e-7, absolute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SineAndCosineOfTurns<TVector>(TVector t, out TVector sine, out TVector cosine)
        where TVector : unmanaged, IVector<TVector>
    {
        // Of half the angle, which lies in ±π/2: cos 2a = 1 - 2 sin² a, sin 2a = 2 sin a cos a.
        TVector whole = (t + TVector.Create(RoundingShift)) - TVector.Create(RoundingShift);
        TVector a = (t - whole) * TVector.Create(MathF.PI);
        TVector q = a * a;
        TVector p = TVector.Create(-2.5052108e-8f);
        p = TVector.MultiplyAdd(p, q, TVector.Create(2.7557319e-6f));
        p = TVector.MultiplyAdd(p, q, TVector.Create(-1.9841270e-4f));
        p = TVector.MultiplyAdd(p, q, TVector.Create(8.3333333e-3f));
        p = TVector.MultiplyAdd(p, q, TVector.Create(-0.16666667f));
        TVector half = TVector.MultiplyAdd(p * q, a, a);
        TVector c = TVector.Create(2.0876757e-9f);
        c = TVector.MultiplyAdd(c, q, TVector.Create(-2.7557319e-7f));
        c = TVector.MultiplyAdd(c, q, TVector.Create(2.4801587e-5f));
        c = TVector.MultiplyAdd(c, q, TVector.Create(-1.3888889e-3f));
        c = TVector.MultiplyAdd(c, q, TVector.Create(4.1666667e-2f));
        c = TVector.MultiplyAdd(c, q, TVector.Create(-0.5f));
        c = TVector.MultiplyAdd(c, q, TVector.Create(1f));
        TVector twice = half + half;
        sine = twice * c;
        cosine = TVector.Create(1f) - twice * half;
    }

    /// <summary>|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Absolute<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> => x & TVector.CreateBits(0x7FFFFFFF);

    /// <summary>x, or 0 where |x| is below 1e-30 (NaN stays NaN): averages that decay towards 0 must not end among subnormal numbers,
    /// with which processors take up to a hundred times as long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector FlushTiny<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> =>
        TVector.Select(TVector.GreaterThan(TVector.Create(1e-30f), Absolute(x)), TVector.Zero, x);

    // exp(r) - 1 with r = x - n ln 2 in ±ln 2 / 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpMinusOneReduced<TVector>(TVector x, TVector shifted)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector n = shifted - TVector.Create(RoundingShift);
        TVector r = TVector.MultiplyAdd(n, TVector.Create(-Ln2High), x);
        r = TVector.MultiplyAdd(n, TVector.Create(-Ln2Low), r);

        TVector p = TVector.Create(1.3814467e-3f);
        p = TVector.MultiplyAdd(p, r, TVector.Create(8.368781e-3f));
        p = TVector.MultiplyAdd(p, r, TVector.Create(4.1668393e-2f));
        p = TVector.MultiplyAdd(p, r, TVector.Create(1.666652e-1f));
        p = TVector.MultiplyAdd(p, r, TVector.Create(0.49999994f));
        return TVector.MultiplyAdd(p * r, r, r);
    }

    // log(1 + f) + n ln 2 for f in [√½ - 1, √2 - 1].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LogOfOnePlus<TVector>(TVector f, TVector n)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector p = TVector.Create(-7.634493e-2f);
        p = TVector.MultiplyAdd(p, f, TVector.Create(1.2761575e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(-1.3160183e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(1.4201759e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(-1.6623357e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(2.0001227e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(-2.500082e-1f));
        p = TVector.MultiplyAdd(p, f, TVector.Create(3.333333e-1f));

        TVector s = f * f;
        TVector tail = TVector.MultiplyAdd(p * f, s, n * TVector.Create(Ln2Low));
        tail = TVector.MultiplyAdd(s, TVector.Create(-0.5f), tail);
        return TVector.MultiplyAdd(n, TVector.Create(Ln2High), f + tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PowerOfTwo<TVector>(TVector exponentBits)
        where TVector : unmanaged, IVector<TVector> =>
        TVector.ShiftLeftBits(TVector.AddBits(exponentBits, TVector.CreateBits(127)), 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Negate<TVector>(TVector bits)
        where TVector : unmanaged, IVector<TVector> =>
        TVector.AddBits(bits ^ TVector.CreateBits(-1), TVector.CreateBits(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sign<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> => x & TVector.CreateBits(int.MinValue);

    /// <summary>The mask of the lanes that are NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector IsNaN<TVector>(TVector x)
        where TVector : unmanaged, IVector<TVector> =>
        TVector.GreaterThanBits(Absolute(x), TVector.CreateBits(0x7F800000));
}
