using MLExtensions.Trainers.Random;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class WeightInitializerTests
{
    private const int FanIn = 300;
    private const int FanOut = 200;

    public static IEnumerable<object[]> Normals =>
    [
        ["HeNormal", Math.Sqrt(2.0 / FanIn)],
        ["XavierNormal", Math.Sqrt(2.0 / (FanIn + FanOut))],
        ["LeCunNormal", Math.Sqrt(1.0 / FanIn)],
        ["SmallNormal", 0.01],
    ];

    public static IEnumerable<object[]> Uniforms =>
    [
        ["HeUniform", Math.Sqrt(6.0 / FanIn)],
        ["XavierUniform", Math.Sqrt(6.0 / (FanIn + FanOut))],
    ];

    [TestMethod]
    [DynamicData(nameof(Normals))]
    public void Fill_Normal_HasMeanDeviationAndShape(string name, double deviation)
    {
        double[] z = Array.ConvertAll(Fill(name), w => w / deviation);

        // Of 60,000 standard normals: five standard errors each.
        z.Average().Should().BeApproximately(0, 5 / Math.Sqrt(z.Length));
        Math.Sqrt(z.Average(x => x * x)).Should().BeApproximately(1, 5 / Math.Sqrt(2 * z.Length));
        z.Average(x => x * x * x * x).Should().BeApproximately(3, 5 * Math.Sqrt(96.0 / z.Length));
        z.Max(Math.Abs).Should().BeGreaterThan(3.5);
    }

    [TestMethod]
    [DynamicData(nameof(Uniforms))]
    public void Fill_Uniform_FillsItsBounds(string name, double bound)
    {
        double[] u = Array.ConvertAll(Fill(name), w => w / bound);

        u.Max(Math.Abs).Should().BeInRange(0.999, 1.0000001);
        u.Average().Should().BeApproximately(0, 5 * Math.Sqrt(1.0 / 3 / u.Length));
        u.Average(x => x * x).Should().BeApproximately(1.0 / 3, 5 * Math.Sqrt(4.0 / 45 / u.Length));
    }

    [TestMethod]
    public void Fill_SameSeed_GivesTheSame() => Fill("HeNormal").Should().Equal(Fill("HeNormal"));

    private static double[] Fill(string name)
    {
        WeightInitializer[] all =
        [
            WeightInitializer.HeNormal, WeightInitializer.HeUniform, WeightInitializer.XavierNormal,
            WeightInitializer.XavierUniform, WeightInitializer.LeCunNormal, WeightInitializer.SmallNormal,
        ];
        var weights = new float[FanIn * FanOut];
        all.Single(i => i.GetType().Name == $"{name}Initializer").Fill(weights, FanIn, FanOut, new RandomStream(1, "initial weights"));
        return Array.ConvertAll(weights, w => (double)w);
    }
}
