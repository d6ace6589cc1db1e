using System.Text.Json;
using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class ActivationFunctionTests
{
    public static IEnumerable<object[]> All => Cases.Activations.Select(name => new object[] { name });

    public static IEnumerable<object[]> WithPyTorchValues => Stored("pytorch.json", PyTorchValues.Element("activations", "values"))
        .Concat(Stored("layers.json", LayerValues.Element("activations", "values")));

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Value_AnyPoint_EqualsDefinition(string name)
    {
        float[] points = Points();

        float[] values = Evaluate(name, points).Values;

        for (int i = 0; i < points.Length; i++)
            ((double)values[i]).Should().BeApproximately(ReferenceMath.Activate(Cases.Activation(name), points[i]), 4e-7 * Math.Max(1, Math.Abs(points[i])), "x = {0}", points[i]);
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Gradient_AnyPoint_EqualsDefinition(string name)
    {
        float[] points = Points();

        float[] derivatives = Evaluate(name, points).Derivatives;

        for (int i = 0; i < points.Length; i++)
            ((double)derivatives[i]).Should().BeApproximately(ReferenceMath.Derivative(Cases.Activation(name), points[i]), 2e-6, "x = {0}", points[i]);
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void ReferenceDerivative_AnyPoint_EqualsCentralDifference(string name)
    {
        const double H = 1e-5;
        Activation activation = Cases.Activation(name);

        // Away from the kink at 0, where the derivative is a convention.
        foreach (double x in new[] { -7.3, -2.0, -0.7, -0.01, 0.02, 0.6, 1.9, 5.5 })
        {
            double difference = (ReferenceMath.Activate(activation, x + H) - ReferenceMath.Activate(activation, x - H)) / (2 * H);
            ReferenceMath.Derivative(activation, x).Should().BeApproximately(difference, 1e-6 * Math.Max(Math.Abs(difference), 1e-3), "x = {0}", x);
        }
    }

    [TestMethod]
    [DynamicData(nameof(WithPyTorchValues))]
    public void ValueAndGradient_PyTorchPoints_EqualPyTorch(string file, string name)
    {
        Func<string[], double[]> stored = file == "layers.json" ? LayerValues.Doubles : PyTorchValues.Doubles;
        float[] points = Array.ConvertAll(stored(["activations", "x"]), x => (float)x);

        (float[] values, float[] derivatives) = Evaluate(name, points);

        Tolerances.ShouldBeClose(values, stored(["activations", "values", name]), Tolerances.PyTorch, "values");
        Tolerances.ShouldBeClose(derivatives, stored(["activations", "derivatives", name]), Tolerances.PyTorch, "derivatives");
    }

    [TestMethod]
    public void PyTorchValues_EveryActivationButTheIdentity_AreStored() =>
        WithPyTorchValues.Select(a => (string)a[1]).Append("identity").Should().BeEquivalentTo(Cases.Activations);

    [TestMethod]
    [DataRow("gelu tanh")]
    [DataRow("mish")]
    [DataRow("softplus")]
    [DataRow("softplus 2.5")]
    public void ValueAndGradient_HugeArgument_AreFinite(string name)
    {
        (float[] values, float[] derivatives) = Evaluate(name, [1e30f, -1e30f]);

        values.Should().Equal(1e30f, 0);
        derivatives.Should().Equal(1, 0);
    }

    [TestMethod]
    public void GeluTanh_EverywhereNearTheExactForm_ButNotTheSame()
    {
        float[] points = Points();

        float[] differences = [.. Evaluate("gelu tanh", points).Values.Zip(Evaluate("gelu", points).Values, (x, y) => Math.Abs(x - y))];

        differences.Max().Should().BeInRange(1e-4f, 5e-4f);
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Value_NaN_IsNaN(string name)
    {
        float[] values = Evaluate(name, [1, float.NaN, 2]).Values;

        values[1].Should().Be(float.NaN);
        float.IsNaN(values[0]).Should().BeFalse();
        float.IsNaN(values[2]).Should().BeFalse();
    }

    [TestMethod]
    public void LeakyRelu_NegativeSlope_KeepsTheSignOfTheArgument()
    {
        (float[] values, float[] derivatives) = Evaluate(new LeakyReluActivation(-0.5f), [-2, 2]);

        values.Should().Equal(1, 2);
        derivatives.Should().Equal(-0.5f, 1);
    }

    [TestMethod]
    public void Elu_OtherAlpha_ScalesTheNegativeSide()
    {
        (float[] values, float[] derivatives) = Evaluate(new EluActivation(2), [-1, 3]);

        values[0].Should().BeApproximately(2 * (MathF.Exp(-1) - 1), 1e-6f);
        derivatives[0].Should().BeApproximately(2 * MathF.Exp(-1), 1e-6f);
        values[1].Should().Be(3);
    }

    private static IEnumerable<object[]> Stored(string file, JsonElement values) => values.EnumerateObject().Select(entry => new object[] { file, entry.Name });

    private static float[] Points() => [.. Enumerable.Range(-500, 1001).Select(i => i * 0.021f), 0, 1e-8f, -1e-8f];

    private static (float[] Values, float[] Derivatives) Evaluate(string name, float[] points) => Evaluate(Cases.Activation(name), points);

    /// <summary>Runs the layer forward, and backward on a gradient of ones.</summary>
    private static (float[] Values, float[] Derivatives) Evaluate(Activation activation, float[] points)
    {
        var input = new StripMatrix(2, points.Length);
        var gradient = new StripMatrix(2, points.Length);
        input.SetRow(1, points);
        gradient.SetRow(1, [.. Enumerable.Repeat(1f, points.Length)]);
        ManagedLayer layer = new ActivationLayer(activation).Open(LayerPlaces.Of(new ActivationLayer(activation), input, gradient));

        layer.Forward(new RowRange(1, 2), step: 0);
        layer.Backward(new RowRange(1, 2), step: 0);

        var values = new float[points.Length];
        var derivatives = new float[points.Length];
        layer.Output.GetRow(1, values);
        gradient.GetRow(1, derivatives);
        return (values, derivatives);
    }
}
