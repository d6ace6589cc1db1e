namespace MLExtensions.Transforms.Numerics;

/// <summary>Finds the minimum of a function of one variable without derivatives.</summary>
/// <remarks>
/// R. P. Brent, "Algorithms for minimization without derivatives", 1973, chapter 5: parabolas through the three best points where
/// they make progress, golden sections where not. A function may give positive infinity for what is out of the question; NaN
/// counts as infinity.
/// </remarks>
internal static class BrentMinimizer
{
    // A function is flat to rounding within the square root of the machine's precision of its minimum: closer is noise.
    private const double RelativeTolerance = 1.5e-8;
    private const double AbsoluteTolerance = 1e-11;

    private const double GoldenSection = 0.3819660112501051;
    private const double GoldenRatio = 1.618033988749895;
    private const int MostSteps = 500;

    /// <summary>Looks from two points downhill until the function rises, then for the minimum between.</summary>
    /// <returns>Where the minimum is.</returns>
    public static double Minimize(Func<double, double> function, double first, double second)
    {
        double Value(double x) => function(x) is var value && double.IsNaN(value) ? double.PositiveInfinity : value;

        var (from, inner, to) = Bracket(Value, new(first, Value(first)), new(second, Value(second)));
        return Narrow(Value, Math.Min(from.X, to.X), inner, Math.Max(from.X, to.X));
    }

    private static (Point From, Point Inner, Point To) Bracket(Func<double, double> function, Point from, Point inner)
    {
        if (from.Value < inner.Value)
            (from, inner) = (inner, from);
        for (int step = 0; ; step++)
        {
            double x = inner.X + GoldenRatio * (inner.X - from.X);
            var to = new Point(x, function(x));
            if (to.Value >= inner.Value || step == MostSteps)
                return (from, inner, to);
            (from, inner) = (inner, to);
        }
    }

    private static double Narrow(Func<double, double> function, double lower, Point start, double upper)
    {
        var (best, second, third) = (start, start, start);
        double step = 0, stepBefore = 0;
        for (int i = 0; i < MostSteps; i++)
        {
            double middle = (lower + upper) / 2;
            double tolerance = RelativeTolerance * Math.Abs(best.X) + AbsoluteTolerance;
            if (Math.Abs(best.X - middle) <= 2 * tolerance - (upper - lower) / 2)
                break;

            if (Math.Abs(stepBefore) > tolerance && Parabola(best, second, third) is var parabolic
                && Math.Abs(parabolic) < Math.Abs(stepBefore) / 2 && best.X + parabolic > lower && best.X + parabolic < upper)
            {
                stepBefore = step;
                step = best.X + parabolic - lower < 2 * tolerance || upper - best.X - parabolic < 2 * tolerance
                    ? Math.CopySign(tolerance, middle - best.X)
                    : parabolic;
            }
            else
            {
                stepBefore = best.X < middle ? upper - best.X : lower - best.X;
                step = GoldenSection * stepBefore;
            }

            double x = best.X + (Math.Abs(step) >= tolerance ? step : Math.CopySign(tolerance, step));
            var next = new Point(x, function(x));
            if (next.Value <= best.Value)
            {
                (lower, upper) = x < best.X ? (lower, best.X) : (best.X, upper);
                (best, second, third) = (next, best, second);
            }
            else
            {
                (lower, upper) = x < best.X ? (x, upper) : (lower, x);
                if (next.Value <= second.Value || second.X == best.X)
                    (second, third) = (next, second);
                else if (next.Value <= third.Value || third.X == best.X || third.X == second.X)
                    third = next;
            }
        }
        return best.X;
    }

    /// <summary>The way from the best point to the vertex of the parabola through three, or NaN where there is none.</summary>
    private static double Parabola(Point best, Point second, Point third)
    {
        double r = (best.X - second.X) * (best.Value - third.Value);
        double q = (best.X - third.X) * (best.Value - second.Value);
        return -((best.X - third.X) * q - (best.X - second.X) * r) / (2 * (q - r));
    }

    private readonly record struct Point(double X, double Value);
}
