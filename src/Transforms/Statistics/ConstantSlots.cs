namespace MLExtensions.Transforms.Statistics;

/// <summary>When a spread counts as none.</summary>
internal static class ConstantSlots
{
    // scikit-learn's figure, 10 units in the last place. It compares a range with this as it stands; here it is taken relative to
    // the values, so that a column of small numbers (metres of light's wavelength, say) keeps its scale.
    private const double Tolerance = 10 * 2.220446049250313e-16;

    /// <summary>The number to divide by: the spread, or 1 where the spread is rounding noise of values of that size.</summary>
    public static double DivisorOf(double spread, double magnitude) => IsNoise(spread, magnitude) ? 1 : spread;

    /// <summary>Whether a spread is rounding noise of values of that size.</summary>
    public static bool IsNoise(double spread, double magnitude) => spread <= Tolerance * magnitude;
}
