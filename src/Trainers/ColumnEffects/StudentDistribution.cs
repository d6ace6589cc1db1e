namespace MLExtensions.Trainers.ColumnEffects;

/// <summary>Student's t distribution.</summary>
internal static class StudentDistribution
{
    /// <summary>The value that lies above a share of the distribution.</summary>
    /// <param name="share">The share, at least a half and below 1.</param>
    /// <param name="degrees">The degrees of freedom, at least 1.</param>
    public static double Quantile(double share, int degrees)
    {
        double low = 0, high = 1;
        while (ShareBelow(high, degrees) < share)
            high *= 2;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            if (ShareBelow(middle, degrees) < share)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>
    /// The share below a value that is not negative, for whole degrees of freedom ν: with θ = arctan(t / √ν), a finite sum of powers of cos θ
    /// (Abramowitz, Stegun 1964, 26.7.3 and 26.7.4).
    /// </summary>
    public static double ShareBelow(double value, int degrees)
    {
        double angle = Math.Atan(value / Math.Sqrt(degrees)), square = Math.Cos(angle) * Math.Cos(angle);
        bool isOdd = degrees % 2 == 1;
        double term = isOdd ? Math.Cos(angle) : 1, sum = 0;
        for (int i = isOdd ? 1 : 0; i <= degrees - 2; i += 2)
        {
            sum += term;
            term *= square * (i + 1) / (i + 2);
        }
        double within = isOdd ? 2 / Math.PI * (angle + Math.Sin(angle) * sum) : Math.Sin(angle) * sum;
        return 0.5 + within / 2;
    }
}
