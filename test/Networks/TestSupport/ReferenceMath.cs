namespace MLExtensions.Networks.Tests;

/// <summary>Activation functions, their derivatives and the error function in double precision.</summary>
internal static class ReferenceMath
{
    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;

    public static double Activate(Activation activation, double x) => activation switch
    {
        IdentityActivation => x,
        SigmoidActivation => Sigmoid(x),
        TanhActivation => Math.Tanh(x),
        ReluActivation => Math.Max(0, x),
        LeakyReluActivation leaky => x > 0 ? x : leaky.Slope * x,
        EluActivation elu => x > 0 ? x : elu.Alpha * ExpMinusOne(x),
        GeluActivation { Form: GeluForm.Tanh } => x * (1 + Math.Tanh(GeluArgument(x))) / 2,
        GeluActivation => x * Phi(x),
        SiluActivation => x * Sigmoid(x),
        SeluActivation => SeluScale * (x > 0 ? x : SeluAlpha * ExpMinusOne(x)),
        MishActivation => x * Math.Tanh(Softplus(x)),
        SoftplusActivation softplus => Softplus(softplus.Beta * x) / softplus.Beta,
        CustomActivation custom when custom.GetFunction() is Sine sine => Math.Sin(sine.Frequency * x + Math.PI / 4),
        _ => throw new NotSupportedException(),
    };

    /// <summary>Muon's X ← 3.4445 X + (-4.775 A + 2.0315 A A) X with A = X Xᵀ from X = matrix / norm on, from the side of fewer rows.</summary>
    public static double[,] Orthogonalize(double[,] matrix, int steps)
    {
        if (matrix.GetLength(0) > matrix.GetLength(1))
            return Transpose(Orthogonalize(Transpose(matrix), steps));

        double norm = Math.Sqrt(matrix.Cast<double>().Sum(x => x * x)) + 1e-7;
        var x = Map(matrix, (i, j) => matrix[i, j] / norm);
        for (int step = 0; step < steps; step++)
        {
            var gram = Multiply(x, Transpose(x));
            var squared = Multiply(gram, gram);
            var polynomial = Map(gram, (i, j) => -4.775 * gram[i, j] + 2.0315 * squared[i, j]);
            var added = Multiply(polynomial, x);
            var last = x;
            x = Map(x, (i, j) => 3.4445 * last[i, j] + added[i, j]);
        }
        return x;
    }

    public static double Derivative(Activation activation, double x) => activation switch
    {
        IdentityActivation => 1,
        SigmoidActivation => Sigmoid(x) * (1 - Sigmoid(x)),
        TanhActivation => 1 - Math.Tanh(x) * Math.Tanh(x),
        ReluActivation => x > 0 ? 1 : 0,
        LeakyReluActivation leaky => x > 0 ? 1 : leaky.Slope,
        EluActivation elu => x > 0 ? 1 : elu.Alpha * Math.Exp(x),
        GeluActivation { Form: GeluForm.Tanh } => (1 + Math.Tanh(GeluArgument(x))) / 2
            + x / 2 / Math.Pow(Math.Cosh(GeluArgument(x)), 2) * Math.Sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x),
        GeluActivation => Phi(x) + x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI),
        SiluActivation => Sigmoid(x) * (1 + x * (1 - Sigmoid(x))),
        SeluActivation => SeluScale * (x > 0 ? 1 : SeluAlpha * Math.Exp(x)),
        MishActivation => Math.Tanh(Softplus(x)) + x * Sigmoid(x) / Math.Pow(Math.Cosh(Softplus(x)), 2),
        SoftplusActivation softplus => Sigmoid(softplus.Beta * x),
        CustomActivation custom when custom.GetFunction() is Sine sine => sine.Frequency * Math.Cos(sine.Frequency * x + Math.PI / 4),
        _ => throw new NotSupportedException(),
    };

    public static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Phi(double x) => (1 + Erf(x / Math.Sqrt(2))) / 2;

    private static double GeluArgument(double x) => Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);

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

    private static double[,] Multiply(double[,] left, double[,] right) => Map(new double[left.GetLength(0), right.GetLength(1)],
        (i, j) => Enumerable.Range(0, left.GetLength(1)).Sum(k => left[i, k] * right[k, j]));

    private static double[,] Transpose(double[,] matrix) =>
        Map(new double[matrix.GetLength(1), matrix.GetLength(0)], (i, j) => matrix[j, i]);

    private static double[,] Map(double[,] shape, Func<int, int, double> value)
    {
        var result = new double[shape.GetLength(0), shape.GetLength(1)];
        for (int i = 0; i < result.GetLength(0); i++)
        {
            for (int j = 0; j < result.GetLength(1); j++)
                result[i, j] = value(i, j);
        }
        return result;
    }
}
