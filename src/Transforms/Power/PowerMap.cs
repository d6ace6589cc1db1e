namespace MLExtensions.Transforms;

/// <summary>Per slot a power transform, then <c>(y - mean) / divisor</c>.</summary>
internal sealed class PowerMap(PowerMethod method, double[] lambdas, double[] means, double[] divisors) : CurvedMap
{
    public PowerMethod Method => method;

    public double[] Lambdas => lambdas;

    public double[] Means => means;

    public double[] Divisors => divisors;

    public override int Slots => lambdas.Length;

    public override bool NeedsPositive => method == PowerMethod.BoxCox;

    public override double MapBack(double value, int slot) => PowerFunction.MapBack(method, lambdas[slot], value * divisors[slot] + means[slot]);

    protected override double Map(double value, int slot) => (PowerFunction.Map(method, lambdas[slot], value) - means[slot]) / divisors[slot];
}
