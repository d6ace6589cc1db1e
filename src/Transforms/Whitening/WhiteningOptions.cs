using static System.FormattableString;

namespace MLExtensions.Transforms;

/// <summary>The options of whitening; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record WhiteningOptions(WhiteningMethod Method, int? NumberOfComponents, double? ShareOfVariance, double Epsilon) : IScalingOptions<WhiteningParameters>
{
    /// <summary>Whether a result is still its slot.</summary>
    public bool KeepsSlots => Method == WhiteningMethod.ZeroPhase;

    public void Check(OptionFailures failures)
    {
        failures.Require(Enum.IsDefined(Method), $"method {Method} is unknown");
        failures.Require(NumberOfComponents is null or >= 1, Invariant($"numberOfComponents must be at least 1, got {NumberOfComponents}"));
        failures.Require(ShareOfVariance is null or > 0 and <= 1, Invariant($"shareOfVariance must be above 0 and at most 1, got {ShareOfVariance}"));
        failures.Require(NumberOfComponents is null || ShareOfVariance is null, "numberOfComponents and shareOfVariance exclude one another");
        failures.Require(Epsilon is >= 0 and < double.PositiveInfinity, Invariant($"epsilon must be finite and not negative, got {Epsilon}"));
    }

    public ColumnMap MapOf(WhiteningParameters parameters)
    {
        int slots = parameters.Means.Length;
        int outputs = KeepsSlots ? slots : parameters.Components.Length;
        double[] matrix = new double[slots * outputs];
        double[] back = new double[outputs * slots];
        for (int k = 0; k < parameters.Components.Length; k++)
        {
            var component = parameters.Components[k].AsSpan();
            double deviation = parameters.Divisors[k];
            for (int slot = 0; slot < slots; slot++)
            {
                if (KeepsSlots)
                {
                    Multiples.Add(component[slot] / deviation, component, matrix.AsSpan(slot * slots));
                    Multiples.Add(component[slot] * deviation, component, back.AsSpan(slot * slots));
                }
                else
                {
                    matrix[slot * outputs + k] = component[slot] / deviation;
                    back[k * slots + slot] = component[slot] * deviation;
                }
            }
        }
        return new LinearMap([.. parameters.Means], matrix, new double[outputs], back, KeepsSlots);
    }
}
