using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Noise;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed unsafe class GaussianNoiseTests
{
    [TestMethod]
    public void Fill_ManyValues_AreNormal()
    {
        double[] z = Array.ConvertAll(Noise(step: 3, rows: 1_000, columns: 200, deviation: 0.5f), value => value / 0.5);

        // Five standard errors of each moment.
        z.Average().Should().BeApproximately(0, 5 / Math.Sqrt(z.Length));
        z.Average(x => x * x).Should().BeApproximately(1, 5 * Math.Sqrt(2.0 / z.Length));
        z.Average(x => x * x * x).Should().BeApproximately(0, 5 * Math.Sqrt(15.0 / z.Length));
        z.Average(x => x * x * x * x).Should().BeApproximately(3, 5 * Math.Sqrt(96.0 / z.Length));
        foreach (var (bound, share) in new[] { (1.0, 0.841345), (2, 0.977250), (3, 0.998650) })
            z.Average(x => x < bound ? 1.0 : 0).Should().BeApproximately(share, 5 * Math.Sqrt(share * (1 - share) / z.Length));
        z.Max(Math.Abs).Should().BeInRange(4, 5.5);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(16)]
    [DataRow(200)]
    public void Fill_NeighboursRowsAndSteps_AreIndependent(int lag)
    {
        float[] noise = Noise(0, 500, 200, 1), next = Noise(1, 500, 200, 1);

        noise.Skip(lag).Zip(noise, (a, b) => (double)a * b).Average().Should().BeApproximately(0, 5 / Math.Sqrt(noise.Length - lag));
        noise.Zip(next, (a, b) => (double)a * b).Average().Should().BeApproximately(0, 5 / Math.Sqrt(noise.Length));
    }

    [TestMethod]
    public void ForStep_AnyWidth_IsCloseAndLeavesPadding()
    {
        var all = new List<float[]>();
        VectorKernels.RunAllWidths(new OneStrip(all));

        all.Should().HaveCount(4);
        foreach (float[] values in all)
        {
            for (int i = 0; i < values.Length; i++)
            {
                // Columns 32 to 63 of 50: 18 have noise, the rest is padding.
                if (i % 32 >= 18)
                    values[i].Should().Be(7);
                else
                    values[i].Should().BeApproximately(all[0][i], 1e-5f).And.NotBe(7);
            }
        }
    }

    [TestMethod]
    public void NormalQuantile_WholeRange_InvertsTheDistribution()
    {
        // Quantiles of the normal distribution to 10 digits: of ½ (1 + x).
        (float X, double Expected)[] cases =
        [
            (0.5f, 0.6744897502), (-0.5f, -0.6744897502), (0.75f, 1.1503493804), (0.9375f, 1.8627318674),
            (1 - 1f / 1024, 3.2971933457), (1 - 1f / (1 << 20), 4.9009642080), (1 - 1f / (1 << 23), 5.2947040849), (1f / (1 << 23), 1.4940669e-7),
        ];

        foreach (var (x, expected) in cases)
            ((double)VectorMath.NormalQuantile(FloatScalar.Create(x)).Value).Should().BeApproximately(expected, 3e-6 * Math.Abs(expected), "x = {0}", x);
    }

    [TestMethod]
    public void Fill_NoWholeRows_IsRefused()
    {
        Action fill = () => new FeatureNoise(1, 4, 1).Fill(0, new float[6]);

        fill.Should().Throw<ArgumentException>().WithMessage("Expected a whole number of rows of 4 features, got 6 values.*");
    }

    private static float[] Noise(int step, int rows, int columns, float deviation)
    {
        float[] noise = new float[rows * columns];
        new FeatureNoise(deviation, columns, seed: 8).Fill(step, noise);
        return noise;
    }

    private readonly struct OneStrip(List<float[]> all) : IVectorKernel
    {
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            var values = new AlignedBuffer(3 * 32);
            values.Span.Fill(7);
            new GaussianNoise(1, key: 3).ForStep(9, new RowRange(10, 13), firstColumn: 32, columns: 50, values.Pointer, width: 32).Run<TVector>();
            all.Add(values.Span.ToArray());
        }
    }
}
