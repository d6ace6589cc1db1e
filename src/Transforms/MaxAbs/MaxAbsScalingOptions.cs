namespace MLExtensions.Transforms;

/// <summary>The options of max-abs scaling: none.</summary>
internal sealed record MaxAbsScalingOptions : IScalingOptions
{
    public void Check(OptionFailures failures) { }

    public AffineMap MapOf(MaxAbsScalingParameters parameters)
    {
        int slots = parameters.Divisors.Length;
        return new(new double[slots], [.. parameters.Divisors], [.. Enumerable.Repeat(1.0, slots)], new double[slots]);
    }
}
