using static System.FormattableString;

namespace MLExtensions.Transforms;

/// <summary>The options of standard scaling; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record StandardScalingOptions(bool Center, bool Scale, int DegreesOfFreedom) : IScalingOptions<StandardScalingParameters>
{
    public void Check(OptionFailures failures) =>
        failures.Require(DegreesOfFreedom >= 0, Invariant($"degreesOfFreedom must not be negative, got {DegreesOfFreedom}"));

    public ColumnMap MapOf(StandardScalingParameters parameters) =>
        new AffineMap(Center ? [.. parameters.Means] : new double[parameters.Means.Length], [.. parameters.Divisors]);
}
