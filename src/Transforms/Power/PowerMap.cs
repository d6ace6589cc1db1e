namespace MLExtensions.Transforms.Power;

/// <summary>Per slot a power transform, then <c>(y - mean) / divisor</c>.</summary>
internal sealed class PowerMap(PowerMethod method, double[] lambdas, double[] means, double[] divisors) : CurvedMap
{
    public override int Slots => lambdas.Length;

    public override bool NeedsPositive => method == PowerMethod.BoxCox;

    public override NumbersDescription? Describe() => new(method == PowerMethod.YeoJohnson ? MapKind.YeoJohnson : MapKind.BoxCox);

    public override IEnumerable<NamedNumbers> Write() => [new("lambdas", lambdas), new("means", means), new("divisors", divisors)];

    /// <summary>Takes the numbers that <see cref="Write"/> gave.</summary>
    public static PowerMap Read(PowerMethod method, NumbersReader numbers) =>
        new(method, numbers.Take("lambdas"), numbers.Take("means"), numbers.TakePositive("divisors", numbers.Slots));

    public override string WriteOnnx(OnnxGraph graph, string value)
    {
        string one = graph.Constant(new[] { 1.0 }, 1);
        string result;
        if (method == PowerMethod.BoxCox)
        {
            result = Power(lambdas, graph.Node("Log", [value]));
        }
        else
        {
            string logarithm = graph.Node("Log", [graph.Add(one, graph.Node("Abs", [value]))]);
            string ofNegative = graph.Node("Neg", [Power([.. lambdas.Select(lambda => 2 - lambda)], logarithm)]);
            result = graph.Where(graph.Node("Less", [value, graph.Constant(new[] { 0.0 }, 1)]), ofNegative, Power(lambdas, logarithm));
        }
        return graph.Divide(graph.Subtract(result, graph.Constant(means, Slots)), graph.Constant(divisors, Slots));

        // (exp(exponent logarithm) - 1) / exponent, and the logarithm for 0.
        string Power(double[] exponents, string logarithm)
        {
            string powers = graph.Divide(graph.Subtract(graph.Node("Exp", [graph.Multiply(logarithm, graph.Constant(exponents, Slots))]), one),
                graph.Constant([.. exponents.Select(exponent => exponent == 0 ? 1 : exponent)], Slots));
            return graph.Where(graph.Constant(Array.ConvertAll(exponents, exponent => exponent == 0), 1, Slots), logarithm, powers);
        }
    }

    public override double MapBack(double value, int slot) => PowerFunction.MapBack(method, lambdas[slot], value * divisors[slot] + means[slot]);

    protected override double Map(double value, int slot) => (PowerFunction.Map(method, lambdas[slot], value) - means[slot]) / divisors[slot];
}

/// <summary>The power transforms of a number.</summary>
internal static class PowerFunction
{
    public static double Map(PowerMethod method, double lambda, double value)
    {
        if (lambda == 1)
            return value - (method == PowerMethod.BoxCox ? 1 : 0);
        double logarithm = LogarithmOf(method, value);
        return method == PowerMethod.YeoJohnson && logarithm < 0
            ? -Exponentials.Power(2 - lambda, -logarithm)
            : Exponentials.Power(lambda, logarithm);
    }

    /// <summary>The number that maps to a value; for a value beyond all results, the end of the numbers on that side, infinity or zero.</summary>
    public static double MapBack(PowerMethod method, double lambda, double value)
    {
        if (lambda == 1)
            return method == PowerMethod.BoxCox ? Math.Max(0, value + 1) : value;
        if (method == PowerMethod.BoxCox)
            return Math.Exp(Exponentials.InversePower(lambda, value));
        return value < 0
            ? -Exponentials.ExpMinusOne(Exponentials.InversePower(2 - lambda, -value))
            : Exponentials.ExpMinusOne(Exponentials.InversePower(lambda, value));
    }

    /// <summary>The logarithm that powers of a number are powers of; negative for negative numbers.</summary>
    public static double LogarithmOf(PowerMethod method, double value) =>
        method == PowerMethod.BoxCox ? Math.Log(value) : Math.CopySign(Exponentials.LogOnePlus(Math.Abs(value)), value);
}
