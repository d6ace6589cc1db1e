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
    public void Gradients_Reference_EqualCentralDifferences(string activation, string loss, bool normalize) =>
        HoldReferenceAgainstDifferences(Problem(activation, loss, normalize));

    [TestMethod]
    [DynamicData(nameof(Combinations))]
    [DynamicData(nameof(Losses))]
    public void Gradients_Engine_EqualCentralDifferences(string activation, string loss, bool normalize) =>
        HoldEngineAgainstDifferences(Problem(activation, loss, normalize));

    /// <summary>Holds the gradients of the reference, and those of the engine, against central differences.</summary>
    internal static void HoldAgainstDifferences(TestProblem problem)
    {
        HoldReferenceAgainstDifferences(problem);
        HoldEngineAgainstDifferences(problem);
    }

    private static void HoldReferenceAgainstDifferences(TestProblem problem)
    {
        var reference = new ReferenceNetwork(problem.Network, problem.Start) { DropoutFactor = Dropout, DropConnectFactor = Dropout };

        double[] gradients = Gradients(problem, reference);

        double[] differences = Differences(problem);
        double largest = differences.Max(Math.Abs);
        for (int i = 0; i < gradients.Length; i++)
            gradients[i].Should().BeApproximately(differences[i], 1e-6 * Math.Max(Math.Abs(differences[i]), 0.01 * largest), "parameter {0}", i);
    }

    private static void HoldEngineAgainstDifferences(TestProblem problem)
    {
        using ManagedSession session = problem.Open(problem.Settings());
        var gradients = new NetworkWeights(problem.Start.Layout);

        session.Step(problem.AllRows, 0.1f);

        session.GetGradients(gradients);
        var masks = new Dictionary<(int, int, int), double>();
        double[] differences = Differences(problem, (layer, row, unit) => masks.TryGetValue((layer, row, unit), out double factor)
            ? factor
            : masks[(layer, row, unit)] = problem.Network.Layers[layer] is LinearLayer
                ? DropoutMasks.WeightFactor(problem.Network, 5, 0, layer, row, unit)
                : DropoutMasks.Factor(problem.Network, 5, 0, layer, row, unit));
        double largest = differences.Max(Math.Abs);
        for (int i = 0; i < differences.Length; i++)
            ((double)gradients.Values[i]).Should().BeApproximately(differences[i], 1e-2 * Math.Max(Math.Abs(differences[i]), 0.01 * largest), "parameter {0}", i);
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

    // A step this short crosses no kink of these networks; rounding costs 1e-16 / 1e-5.
    private static double[] Differences(TestProblem problem, Func<int, int, int, double>? dropout = null)
    {
        const double H = 1e-5;
        var reference = new ReferenceNetwork(problem.Network, problem.Start) { DropoutFactor = dropout ?? Dropout, DropConnectFactor = dropout ?? Dropout };
        double[][] rows = problem.ReferenceRows(problem.AllRows);
        var differences = new List<double>();
        foreach (ParameterTensor tensor in problem.Start.Layout.Tensors.Where(t => t.IsTrained))
        {
            double[] values = reference.Parameters[tensor.Name];
            for (int i = 0; i < values.Length; i++)
            {
                double kept = values[i];
                values[i] = kept + H;
                double above = problem.ReferenceLossOf(reference.Forward(rows, training: true), problem.AllRows).Loss;
                values[i] = kept - H;
                double below = problem.ReferenceLossOf(reference.Forward(rows, training: true), problem.AllRows).Loss;
                values[i] = kept;
                differences.Add((above - below) / (2 * H));
            }
        }

        return [.. differences];
    }
}
