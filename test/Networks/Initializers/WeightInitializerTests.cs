using MLExtensions.Networks.Building;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests;

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
        ["LeCunUniform", Math.Sqrt(3.0 / FanIn)],
        ["FanInUniform", Math.Sqrt(1.0 / FanIn)],
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
    [DataRow(1, 1)]
    [DataRow(1, 7)]
    [DataRow(40, 40)]
    [DataRow(33, 70)]
    [DataRow(70, 33)]
    public void Fill_Orthogonal_HasOrthogonalRowsOrColumnsOfLengthGain(int fanOut, int fanIn)
    {
        var weights = new float[fanIn * fanOut];
        new OrthogonalInitializer(1.5f).Fill(weights, fanIn, fanOut, new RandomStream(2, "w"));

        int count = Math.Min(fanIn, fanOut);
        double[][] vectors = [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, Math.Max(fanIn, fanOut))
            .Select(j => (double)(fanOut <= fanIn ? weights[i * fanIn + j] : weights[j * fanIn + i])).ToArray())];
        for (int i = 0; i < count; i++)
            for (int j = 0; j <= i; j++)
                vectors[i].Zip(vectors[j], (x, y) => x * y).Sum().Should().BeApproximately(i == j ? 2.25 : 0, 1e-5);
    }

    [TestMethod]
    public void Fill_Orthogonal_TurnsEitherWay()
    {
        // Uniform over all orthogonal matrices: the corner of a 2 x 2 one is cos of a uniform angle, and half are reflections.
        var random = new RandomStream(4, "w");
        var weights = new float[4];
        double sum = 0, squares = 0;
        int reflections = 0;
        for (int i = 0; i < 2_000; i++)
        {
            WeightInitializer.Orthogonal.Fill(weights, 2, 2, random);
            sum += weights[0];
            squares += weights[0] * weights[0];
            reflections += weights[0] * weights[3] - weights[1] * weights[2] < 0 ? 1 : 0;
        }

        (sum / 2_000).Should().BeApproximately(0, 5 * Math.Sqrt(0.5 / 2_000));
        (squares / 2_000).Should().BeApproximately(0.5, 5 * Math.Sqrt(0.125 / 2_000));
        reflections.Should().BeInRange(890, 1_110);
    }

    [TestMethod]
    public void Fill_Constant_IsTheValue()
    {
        var weights = new float[6];
        new ConstantInitializer(0.25f).Fill(weights, 3, 2, new RandomStream(1, "w"));

        weights.Should().OnlyContain(weight => weight == 0.25f);
    }

    [TestMethod]
    public void ForActivation_Any_IsTheTextbooks()
    {
        Activation[] rectifiers =
        [
            Activation.Relu, Activation.LeakyRelu, Activation.PRelu, Activation.Elu, Activation.Gelu, Activation.Silu, Activation.Mish,
        ];
        Activation[] others = [Activation.Sigmoid, Activation.Tanh, Activation.Identity, Activation.Softplus, new MaxoutActivation(2)];

        rectifiers.Select(WeightInitializer.ForActivation).Should().OnlyContain(initializer => initializer is HeNormalInitializer);
        others.Select(WeightInitializer.ForActivation).Should().OnlyContain(initializer => initializer is XavierUniformInitializer);
        WeightInitializer.ForActivation(Activation.Selu).Should().Be(WeightInitializer.LeCunNormal);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ByActivation_DifferentActivations_DrawsEachLayerForItsOwn(bool asBase)
    {
        var options = new MlpOptions
        {
            NumberEmbedding = null,
            HiddenLayers = [200, 100],
            Activations = [Activation.Relu, Activation.Selu],
            Initializer = asBase ? new UnitVarianceInitializer { Base = WeightInitializer.ByActivation } : WeightInitializer.ByActivation,
        };

        var weights = NetworkBuilder.Initialize(NetworkBuilder.Describe(options, inputs: 300, outputs: 150), options, new RandomStream(5, "weights"));

        var random = new RandomStream(5, "weights");
        foreach (var (tensor, expected) in weights.Layout.Tensors.Where(tensor => tensor.Role == ParameterRole.Weight)
            .Zip([WeightInitializer.HeNormal, WeightInitializer.LeCunNormal, WeightInitializer.XavierUniform]))
        {
            float[] drawn = new float[tensor.Length];
            expected.Fill(drawn, tensor.Shape[1], tensor.Shape[0], random);
            weights[tensor].ToArray().Should().Equal(drawn);
        }
    }

    [TestMethod]
    public void Fill_SameSeed_GivesTheSame() => Fill("HeNormal").Should().Equal(Fill("HeNormal"));

    private static double[] Fill(string name)
    {
        WeightInitializer[] all =
        [
            WeightInitializer.HeNormal, WeightInitializer.HeUniform, WeightInitializer.XavierNormal,
            WeightInitializer.XavierUniform, WeightInitializer.LeCunNormal, WeightInitializer.SmallNormal,
            WeightInitializer.LeCunUniform, WeightInitializer.FanInUniform,
        ];
        var weights = new float[FanIn * FanOut];
        all.Single(i => i.GetType().Name == $"{name}Initializer").Fill(weights, FanIn, FanOut, new RandomStream(1, "initial weights"));
        return Array.ConvertAll(weights, w => (double)w);
    }
}
