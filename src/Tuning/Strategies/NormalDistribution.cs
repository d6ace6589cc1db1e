namespace MLExtensions.Tuning.Strategies;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>The probability of a value between two others: differences of the tail that both are in, or nothing would be left of it.</summary>
    public static double Between(double low, double high) => low > 0 ? Tail(low) - Tail(high) : high < 0 ? Tail(-high) - Tail(-low) : 1 - Tail(-low) - Tail(high);

    /// <summary>The logarithm of the density.</summary>
    public static double LogDensity(double x) => -x * x / 2 - 0.5 * Math.Log(2 * Math.PI);

    /// <summary>
    /// The probability of a value above <paramref name="x"/>, at least 0: relative error below 1.2e-7. Press et al. 1992, "Numerical Recipes in C", 6.2, erfc by a Chebyshev fit.
    /// </summary>
    private static double Tail(double x)
    {
        if (x < 0)
            return 1 - Tail(-x);
        double z = x / Math.Sqrt(2), t = 1 / (1 + z / 2);
        return 0.5 * t * Math.Exp(-z * z - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
            + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))));
    }
}
