namespace MLExtensions.Trainers.Tests;

/// <summary>Activation functions, their derivatives and the error function in double precision.</summary>
internal static class ReferenceMath
{
    public static double Activate(Activation activation, double x) => activation switch
    {
        IdentityActivation => x,
        SigmoidActivation => Sigmoid(x),
        TanhActivation => Math.Tanh(x),
        ReluActivation => Math.Max(0, x),
        LeakyReluActivation leaky => x > 0 ? x : leaky.Slope * x,
        EluActivation elu => x > 0 ? x : elu.Alpha * ExpMinusOne(x),
        GeluActivation => x * Phi(x),
        SiluActivation => x * Sigmoid(x),
        _ => throw new NotSupportedException(),
    };

    public static double Derivative(Activation activation, double x) => activation switch
    {
        IdentityActivation => 1,
        SigmoidActivation => Sigmoid(x) * (1 - Sigmoid(x)),
        TanhActivation => 1 - Math.Tanh(x) * Math.Tanh(x),
        ReluActivation => x > 0 ? 1 : 0,
        LeakyReluActivation leaky => x > 0 ? 1 : leaky.Slope,
        EluActivation elu => x > 0 ? 1 : elu.Alpha * Math.Exp(x),
        GeluActivation => Phi(x) + x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI),
        SiluActivation => Sigmoid(x) * (1 + x * (1 - Sigmoid(x))),
        _ => throw new NotSupportedException(),
    };

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Phi(double x) => (1 + Erf(x / Math.Sqrt(2))) / 2;

    /// <summary>exp(x) - 1 without cancellation: exp(x) - 1 = 2 sinh(x / 2) exp(x / 2).</summary>
    public static double ExpMinusOne(double x) => 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);

    /// <summary>log(1 + x) without cancellation.</summary>
    public static double LogOnePlus(double x) => 2 * Math.Atanh(x / (2 + x));

    /// <summary>The error function by its series 2 / √π exp(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!, whose terms are all of one sign.</summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
            return Math.Sign(x);

        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
