using static System.FormattableString;

namespace MLExtensions.Transforms;

/// <summary>The options of standard scaling; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record StandardScalingOptions(bool Center, bool Scale, int DegreesOfFreedom) : IScalingOptions
{
    public void Check(OptionFailures failures) =>
        failures.Require(DegreesOfFreedom >= 0, Invariant($"degreesOfFreedom must not be negative, got {DegreesOfFreedom}"));

    public AffineMap MapOf(StandardScalingParameters parameters)
    {
        int slots = parameters.Means.Length;
        return new(Center ? [.. parameters.Means] : new double[slots], [.. parameters.Divisors],
            [.. Enumerable.Repeat(1.0, slots)], new double[slots]);
    }
}
