using static System.FormattableString;

namespace MLExtensions.Transforms;

/// <summary>The options of min-max scaling; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record MinMaxScalingOptions(double Minimum, double Maximum, bool Clip) : IScalingOptions<MinMaxScalingParameters>
{
    public void Check(OptionFailures failures)
    {
        failures.Require(double.IsFinite(Minimum), Invariant($"minimum must be finite, got {Minimum}"));
        failures.Require(double.IsFinite(Maximum), Invariant($"maximum must be finite, got {Maximum}"));
        failures.Require(!(Minimum >= Maximum), Invariant($"minimum must be less than maximum, got {Minimum} and {Maximum}"));
        if (double.IsFinite(Minimum) && double.IsFinite(Maximum))
            failures.Require(double.IsFinite(Maximum - Minimum), Invariant($"maximum - minimum must be finite, got {Minimum} and {Maximum}"));
    }

    public ColumnMap MapOf(MinMaxScalingParameters parameters)
    {
        int slots = parameters.Minima.Length;
        return new AffineMap([.. parameters.Minima], [.. parameters.Divisors], [.. Enumerable.Repeat(Maximum - Minimum, slots)],
            [.. Enumerable.Repeat(Minimum, slots)], Clip ? (Minimum, Maximum) : null);
    }
}
