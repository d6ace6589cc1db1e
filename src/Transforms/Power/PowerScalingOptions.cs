namespace MLExtensions.Transforms;

/// <summary>The options of power scaling; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record PowerScalingOptions(PowerMethod Method, bool Standardize) : IScalingOptions<PowerScalingParameters>
{
    public void Check(OptionFailures failures) => failures.Require(Enum.IsDefined(Method), $"method {Method} is unknown");

    public ColumnMap MapOf(PowerScalingParameters parameters) =>
        new PowerMap(Method, [.. parameters.Lambdas], Standardize ? [.. parameters.Means] : new double[parameters.Means.Length], [.. parameters.Divisors]);
}
