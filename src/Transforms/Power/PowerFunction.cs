namespace MLExtensions.Transforms;

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

    public static double MapBack(PowerMethod method, double lambda, double value)
    {
        if (lambda == 1)
            return value + (method == PowerMethod.BoxCox ? 1 : 0);
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
