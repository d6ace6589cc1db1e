namespace MLExtensions.Networks;

/// <summary>The rectification of <see cref="RAdamOptions"/>, the same for both engines.</summary>
public static class Rectification
{
    /// <summary>rₜ √(1 - β₂ᵗ), or null while ρₜ is at most 5 and the mean square is not used.</summary>
    /// <param name="beta2">β₂.</param>
    /// <param name="step">t, from 1.</param>
    public static double? Of(double beta2, int step)
    {
        double power = Math.Pow(beta2, step);
        double longest = 2 / (1 - beta2) - 1;
        double length = longest - 2 * step * power / (1 - power);
        return length > 5
            ? Math.Sqrt((1 - power) * (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))
            : null;
    }
}
