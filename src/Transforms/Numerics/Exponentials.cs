namespace MLExtensions.Transforms.Numerics;

/// <summary>Exponential and logarithm near 1, without the cancellation of writing them out: the runtime writes them out.</summary>
/// <remarks>
/// W. Kahan's corrections, after N. J. Higham, "Accuracy and stability of numerical algorithms", 2002, section 1.14.1: the rounding error
/// of <c>1 + x</c> stands in numerator and denominator, and cancels.
/// </remarks>
internal static class Exponentials
{
    // Beyond it, e^x - 1 loses less than two bits.
    private const double Small = 0.5;

    /// <summary><c>log(1 + x)</c>.</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        if (Math.Abs(x) > Small)
            return Math.Log(sum);
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary><c>e^x - 1</c>.</summary>
    public static double ExpMinusOne(double x)
    {
        double exponential = Math.Exp(x);
        if (Math.Abs(x) > Small)
            return exponential - 1;
        return exponential == 1 ? x : (exponential - 1) * x / Math.Log(exponential);
    }

    /// <summary><c>(e^(p l) - 1) / p</c>, and its limit <c>l</c> at <c>p = 0</c>.</summary>
    public static double Power(double p, double l) => IsAsGoodAsZero(p, l) ? l : ExpMinusOne(p * l) / p;

    /// <summary>
    /// The inverse of <see cref="Power"/> in its second argument: <c>log(1 + p y) / p</c>. Powers end at <c>-1 / p</c>; what lies beyond comes from
    /// the same infinity as that end. NaN comes from NaN alone.
    /// </summary>
    public static double InversePower(double p, double y)
    {
        if (IsAsGoodAsZero(p, y))
            return y;

        double product = Math.Max(-1, p * y);

        // Of two finite numbers, the logarithm of the product is finite where the product is not.
        return (double.IsPositiveInfinity(product) ? Math.Log(Math.Abs(p)) + Math.Log(Math.Abs(y)) : LogOnePlus(product)) / p;
    }

    // A product below the normal numbers has lost the digits that dividing by p should bring back.
    private static bool IsAsGoodAsZero(double p, double x) => p == 0 || (double.IsSubnormal(p * x) || (p * x == 0 && x != 0));
}
