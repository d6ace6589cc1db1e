namespace MLExtensions.Transforms;

/// <summary>The options of max-abs scaling: none.</summary>
internal sealed record MaxAbsScalingOptions : IScalingOptions<MaxAbsScalingParameters>
{
    public void Check(OptionFailures failures) { }

    public ColumnMap MapOf(MaxAbsScalingParameters parameters) => new AffineMap(new double[parameters.Divisors.Length], [.. parameters.Divisors]);
}
