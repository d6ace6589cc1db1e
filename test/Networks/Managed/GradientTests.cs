using System.Globalization;
using MLExtensions.Networks.Managed;

namespace MLExtensions.Networks.Tests;

/// <summary>Gradients against central differences of the loss: first the reference's, then the engine's.</summary>
[TestClass]
[TestCategory("Engine")]
public sealed class GradientTests
{
    public static IEnumerable<object[]> Combinations =>
        from activation in Cases.Activations
        from loss in LossCases.Basic
        from normalize in new[] { false, true }
        select new object[] { activation, loss, normalize };

    public static IEnumerable<object[]> Losses => LossCases.All.Select(loss => new object[] { "tanh", loss, false });

    [TestMethod]
    [DynamicData(nameof(Combinations))]
    [DynamicData(nameof(Losses))]
    public void Gradients_Reference_EqualCentralDifferences(string activation, string loss, bool normalize)
    {
        TestProblem problem = Problem(activation, loss, normalize);

        HoldReferenceAgainst(Differences(problem, Dropout), problem, Dropout);
    }

    [TestMethod]
    [DynamicData(nameof(Combinations))]
    [DynamicData(nameof(Losses))]
    public void Gradients_Engine_EqualCentralDifferences(string activation, string loss, bool normalize)
    {
        TestProblem problem = Problem(activation, loss, normalize);

        HoldEngineAgainst(Differences(problem, MasksOfTheEngine(problem)), problem);
    }

    /// <summary>Holds the gradients of the reference, and those of the engine, against central differences; both with the engine's masks.</summary>
    internal static void HoldAgainstDifferences(TestProblem problem)
    {
        var masks = MasksOfTheEngine(problem);
        double[] differences = Differences(problem, masks);

        HoldReferenceAgainst(differences, problem, masks);
        HoldEngineAgainst(differences, problem);
    }

    private static void HoldReferenceAgainst(double[] differences, TestProblem problem, Func<int, int, int, double> dropout)
    {
        double[] gradients = Gradients(problem, Reference(problem, dropout));

        double largest = differences.Max(Math.Abs);
        for (int i = 0; i < gradients.Length; i++)
            gradients[i].Should().BeApproximately(differences[i], 1e-6 * Math.Max(Math.Abs(differences[i]), 0.01 * largest), "parameter {0}", i);
    }

    private static void HoldEngineAgainst(double[] differences, TestProblem problem)
    {
        using ManagedSession session = problem.Open(problem.Settings());
        var gradients = new NetworkWeights(problem.Start.Layout);

        session.Step(problem.AllRows, 0.1f);

        session.GetGradients(gradients);
        double largest = differences.Max(Math.Abs);
        for (int i = 0; i < differences.Length; i++)
            ((double)gradients.Values[i]).Should().BeApproximately(differences[i], 1e-2 * Math.Max(Math.Abs(differences[i]), 0.01 * largest), "parameter {0}", i);
    }

    private static Func<int, int, int, double> MasksOfTheEngine(TestProblem problem)
    {
        var masks = new Dictionary<(int, int, int), double>();
        return (layer, row, unit) => masks.TryGetValue((layer, row, unit), out double factor)
            ? factor
            : masks[(layer, row, unit)] = problem.Network.Layers[layer] is LinearLayer
                ? DropoutMasks.WeightFactor(problem.Network, 5, 0, layer, row, unit)
                : DropoutMasks.Factor(problem.Network, 5, 0, layer, row, unit);
    }

    private static TestProblem Problem(string activation, string loss, bool normalize)
    {
        int outputs = LossCases.Outputs(loss);
        var layers = TestProblem.Mlp(4, [6, 5], outputs, Cases.Activation(activation), normalize, dropout: 0.2f);
        return new TestProblem(LossCases.Of(loss), rows: 9, inputs: 4, outputs, layers, weighted: true);
    }

    private static double Dropout(int layer, int row, int unit) => (layer + row * 3 + unit) % 4 == 0 ? 0 : 1.25;

    private static double[] Gradients(TestProblem problem, ReferenceNetwork reference)
    {
        reference.LossAndGradients(problem.ReferenceRows(problem.AllRows), outputs => problem.ReferenceLossOf(outputs, problem.AllRows));
        return [.. problem.Start.Layout.Tensors.Where(t => t.IsTrained).SelectMany(t => reference.Gradients[t.Name])];
    }

    private static ReferenceNetwork Reference(TestProblem problem, Func<int, int, int, double> dropout) =>
        new(problem.Network, problem.Start) { DropoutFactor = dropout, DropConnectFactor = dropout };

    // A step this short crosses no kink of these networks; rounding costs 1e-16 / 1e-5.
    private static double[] Differences(TestProblem problem, Func<int, int, int, double> dropout)
    {
        const double H = 1e-5;
        var reference = Reference(problem, dropout);
        double[][] rows = problem.ReferenceRows(problem.AllRows);
        var differences = new List<double>();
        foreach (ParameterTensor tensor in problem.Start.Layout.Tensors.Where(t => t.IsTrained))
        {
            // What comes before the layer stays the same.
            int layer = int.Parse(tensor.Name.Split('.')[0], CultureInfo.InvariantCulture);
            double[][] inputs = reference.Forward(rows, training: true, until: layer);
            double[] values = reference.Parameters[tensor.Name];
            for (int i = 0; i < values.Length; i++)
            {
                double kept = values[i];
                values[i] = kept + H;
                double above = LossFrom(layer, inputs);
                values[i] = kept - H;
                double below = LossFrom(layer, inputs);
                values[i] = kept;
                differences.Add((above - below) / (2 * H));
            }
        }

        return [.. differences];

        double LossFrom(int layer, double[][] inputs) => problem.ReferenceLossOf(reference.Forward(inputs, training: true, from: layer), problem.AllRows).Loss;
    }
}
