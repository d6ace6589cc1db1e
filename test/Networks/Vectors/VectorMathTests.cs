using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class VectorMathTests
{
    private const double FloatEpsilon = 1.1920929e-7;

    [TestMethod]
    public void Exp_WholeRange_IsWithinOneUlp() => Hold<Exp>(Math.Exp, Range(-87, 88.7f), ulps: 1.05);

    [TestMethod]
    public void Exp_SubnormalResults_AreWithinTheSmallestFloat() =>
        Hold<Exp>(Math.Exp, Range(-104, -87), ulps: 1.05, absolute: 1.5 * float.Epsilon);

    [TestMethod]
    public void ExpMinusOne_WholeRange_IsWithinTwoUlps() => Hold<ExpMinusOne>(ReferenceMath.ExpMinusOne, [.. Range(-100, 88), .. Small()], ulps: 2);

    [TestMethod]
    public void Sigmoid_WholeRange_IsWithinThreeUlps() => Hold<Sigmoid>(ReferenceMath.Sigmoid, [.. Range(-87, 100), .. Small()], ulps: 3);

    [TestMethod]
    public void Tanh_WholeRange_IsWithinTwoUlps() => Hold<Tanh>(Math.Tanh, [.. Range(-20, 20), .. Small()], ulps: 2);

    [TestMethod]
    public void Erf_WholeRange_IsWithinThreeUlps() => Hold<Erf>(ReferenceMath.Erf, [.. Range(-5, 5), .. Small()], ulps: 3);

    [TestMethod]
    public void Log_WholeRange_IsWithinTwoUlps() =>
        Hold<Log>(Math.Log, [.. Range(0.5f, 2), .. Range(1, 1e6f), 1e-30f, 1e-3f, 1e30f, float.MaxValue], ulps: 2, absolute: 1e-8);

    [TestMethod]
    public void LogOnePlus_ZeroToOne_IsWithinTwoUlps() => Hold<LogOnePlus>(ReferenceMath.LogOnePlus, [.. Range(0, 1), .. Small().Where(x => x > 0)], ulps: 2);

    [TestMethod]
    public void Exp_SpecialValues_AreAsDefined() =>
        Special<Exp>((float.NegativeInfinity, 0), (float.PositiveInfinity, float.PositiveInfinity), (89, float.PositiveInfinity), (-110, 0), (0, 1), (float.NaN, float.NaN));

    [TestMethod]
    public void Sigmoid_SpecialValues_AreAsDefined() =>
        Special<Sigmoid>((float.NegativeInfinity, 0), (float.PositiveInfinity, 1), (0, 0.5f), (float.NaN, float.NaN));

    [TestMethod]
    public void Tanh_SpecialValues_AreAsDefined() =>
        Special<Tanh>((float.NegativeInfinity, -1), (float.PositiveInfinity, 1), (0, 0), (float.NaN, float.NaN));

    [TestMethod]
    public void Erf_SpecialValues_AreAsDefined() =>
        Special<Erf>((float.NegativeInfinity, -1), (float.PositiveInfinity, 1), (0, 0), (float.NaN, float.NaN));

    [TestMethod]
    public void Log_SpecialValues_AreAsDefined() =>
        Special<Log>((float.PositiveInfinity, float.PositiveInfinity), (1, 0), (float.NaN, float.NaN));

    [TestMethod]
    public void ExpMinusOne_SpecialValues_AreAsDefined() =>
        Special<ExpMinusOne>((float.NegativeInfinity, -1), (0, 0), (float.NaN, float.NaN));

    [TestMethod]
    public void LogOnePlus_SpecialValues_AreAsDefined() => Special<LogOnePlus>((0, 0), (float.NaN, float.NaN));

    [TestMethod]
    public void ExpOfNormalResult_WholeRange_IsWithinOneUlp() => Hold<ExpOfNormalResult>(Math.Exp, Range(-87, 88), ulps: 1.05);

    [TestMethod]
    public void FastSqrt_NormalNumbers_IsWithinOneUlp() => Hold<FastSqrt>(Math.Sqrt, [.. Range(1e-6f, 4), .. Powers(-37, 38)], ulps: 1);

    [TestMethod]
    public void FastDivide_NormalNumbers_IsWithinOneUlp()
    {
        Hold<DivideSevenBy>(x => 7 / x, [.. Range(-8, -1e-3f), .. Range(1e-3f, 8), .. Powers(-36, 37)], ulps: 1);
        Hold<DivideByThree>(x => x / 3, [0, .. Range(-8, 8), .. Powers(-36, 37)], ulps: 1);
    }

    [TestMethod]
    public void FlushTiny_AroundTheLimit_ZeroesWhatIsBelow() => Special<FlushTiny>(
        (0, 0), (float.Epsilon, 0), (-1e-38f, 0), (0.9e-30f, 0), (1.1e-30f, 1.1e-30f), (-1.1e-30f, -1.1e-30f), (5, 5),
        (float.NegativeInfinity, float.NegativeInfinity), (float.NaN, float.NaN));

    private static void Hold<TFunction>(Func<double, double> expected, IEnumerable<float> points, double ulps, double absolute = 0)
        where TFunction : struct, IFunction
    {
        float[] inputs = [.. points];
        foreach (float[] results in Evaluate<TFunction>(inputs))
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                double wanted = expected(inputs[i]);
                double tolerance = Math.Max(absolute, ulps * UlpOf(wanted));
                if (!(Math.Abs(results[i] - wanted) <= tolerance))
                    Assert.Fail($"f({inputs[i]:R}): expected {wanted:R}, got {results[i]:R}, {Math.Abs(results[i] - wanted) / UlpOf(wanted):F2} ulp away.");
            }
        }
    }

    private static void Special<TFunction>(params (float X, float Expected)[] cases)
        where TFunction : struct, IFunction
    {
        foreach (float[] results in Evaluate<TFunction>([.. cases.Select(c => c.X)]))
            results.Should().Equal([.. cases.Select(c => c.Expected)], (a, b) => a.Equals(b) || a == b);
    }

    private static List<float[]> Evaluate<TFunction>(float[] inputs)
        where TFunction : struct, IFunction
    {
        AlignedBuffer buffer = VectorKernels.Buffer(inputs);
        var results = new List<float[]>();
        VectorKernels.RunAllWidths(new EvaluateKernel<TFunction>(buffer, inputs.Length, results));
        return results;
    }

    private static double UlpOf(double x) => Math.Max(Math.Pow(2, Math.Floor(Math.Log2(Math.Abs(x)))) * FloatEpsilon, float.Epsilon);

    private static IEnumerable<float> Range(float from, float to) => Enumerable.Range(0, 20_001).Select(i => from + (to - from) * i / 20_000);

    private static IEnumerable<float> Small() => Enumerable.Range(1, 30).SelectMany(i => new[] { MathF.Pow(10, -i), -MathF.Pow(10, -i) });

    private static IEnumerable<float> Powers(int from, int to) =>
        Enumerable.Range(from, to - from + 1).SelectMany(i => new[] { MathF.Pow(10, i), 3.3f * MathF.Pow(10, i - 1) }).Where(float.IsNormal);

    private interface IFunction
    {
        TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector>;
    }

    private readonly struct Exp : IFunction
    {
        public TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => VectorMath.Exp(x);
    }

    private readonly struct ExpMinusOne : IFunction
    {
        public TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => VectorMath.ExpMinusOne(x);
    }

    private readonly struct Sigmoid : IFunction
    {
        public TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => VectorMath.Sigmoid(x);
    }

    private readonly struct Tanh : IFunction
    {
        public TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => VectorMath.Tanh(x);
    }

    private readonly struct Erf : IFunction
    {
        public TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => VectorMath.Erf(x);
    }

    private readonly struct Log : IFunction
    {
        public TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => VectorMath.Log(x);
    }

    private readonly struct LogOnePlus : IFunction
    {
        public TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => VectorMath.LogOnePlus(x);
    }

    private readonly struct ExpOfNormalResult : IFunction
    {
        public TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => VectorMath.ExpOfNormalResult(x);
    }

    private readonly struct FastSqrt : IFunction
    {
        public TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => TVector.FastSqrt(x);
    }

    private readonly struct DivideSevenBy : IFunction
    {
        public TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => TVector.FastDivide(TVector.Create(7), x);
    }

    private readonly struct DivideByThree : IFunction
    {
        public TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => TVector.FastDivide(x, TVector.Create(3));
    }

    private readonly struct FlushTiny : IFunction
    {
        public TVector Invoke<TVector>(TVector x)
            where TVector : unmanaged, IVector<TVector> => VectorMath.FlushTiny(x);
    }

    private readonly unsafe struct EvaluateKernel<TFunction>(AlignedBuffer inputs, int length, List<float[]> results) : IVectorKernel
        where TFunction : struct, IFunction
    {
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            var outputs = new AlignedBuffer(inputs.Length);
            for (int i = 0; i < inputs.Length; i += TVector.Count)
                default(TFunction).Invoke(TVector.Load(inputs.Pointer + i)).Store(outputs.Pointer + i);
            results.Add(outputs.Span[..length].ToArray());
        }
    }
}
