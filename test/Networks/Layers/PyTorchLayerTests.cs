using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Optimizers;
using MLExtensions.Networks.Update;

namespace MLExtensions.Networks.Tests;

/// <summary>Single layers, forward, backward and in scoring, against stored PyTorch values.</summary>
[TestClass]
[TestCategory("Engine")]
public sealed class PyTorchLayerTests
{
    private const int Rows = 9;

    private static readonly Dictionary<string, (Layer Layer, int Size)> s_layers = new()
    {
        ["layer_norm"] = (new LayerNormalizationLayer(5), 5),
        ["layer_norm plain"] = (new LayerNormalizationLayer(5, Epsilon: 0.125f, Affine: false), 5),
        ["batch_norm"] = (new BatchNormalizationLayer(3, Epsilon: 0.0625f, Momentum: 0.25f), 3),
        ["prelu"] = (new PReluLayer(5), 5),
        ["prelu per unit"] = (new PReluLayer(5, PerUnit: true), 5),
        ["batch_norm plain"] = (new BatchNormalizationLayer(3, Affine: false), 3),
    };

    public static IEnumerable<object[]> Names => s_layers.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void ForwardAndBackward_PyTorchRows_EqualPyTorch(string name)
    {
        (Layer single, int size) = s_layers[name];
        var description = new NetworkDescription(size, size, [single]);
        StripMatrix gradient = MatrixOf(name, "output_gradient", size);
        var settings = new EngineSettings { Loss = Loss.SquaredError, Optimizer = new SgdOptions(), MaximumBatchRows = Rows, Seed = 0 };
        var network = new ManagedNetwork(description, settings, MatrixOf(name, "x", size));
        ManagedLayer layer = network.Layers[0];
        var weights = new NetworkWeights(new ParameterLayout(description));
        foreach (ParameterTensor tensor in weights.Layout.Tensors)
        {
            if (tensor.IsTrained)
                LayerValues.Floats("layers", name, "parameters", NameOf(tensor)).CopyTo(weights[tensor]);
            else if (tensor.Role == ParameterRole.RunningVariance)
                weights[tensor].Fill(1);
        }
        layer.Import(weights);

        var rows = new RowRange(0, Rows);
        var normalization = layer as ManagedBatchNormalizationLayer;
        normalization?.BatchRows = Rows;
        normalization?.SumForward(rows);
        normalization?.FinishForward();
        layer.Forward(rows, step: 0);
        ShouldEqual(layer.Output, name, "output");

        for (int row = 0; row < Rows; row++)
        {
            float[] values = new float[size];
            gradient.GetRow(row, values);
            layer.Gradient!.SetRow(row, values);
        }
        normalization?.SumBackward(rows);
        normalization?.FinishBackward();
        layer.Backward(rows, step: 0);
        var updater = new ParameterUpdater(
            settings.Optimizer.Open(new OptimizerSetup(network.Parameters, default, [])), new ParameterGroups(weights.Layout, settings.Update), network.Parameters, settings.Update);
        layer.Update(new RowRange(0, layer.ParameterRows), Rows, updater, UpdatePart.Gradients);
        ShouldEqual(layer.Gradient!, name, "x_gradient");
        var gradients = weights.Clone();
        layer.Export(network.Parameters.Gradients, gradients);
        foreach (ParameterTensor tensor in gradients.Layout.Tensors.Where(t => t.IsTrained))
            Tolerances.ShouldBeClose(gradients[tensor], LayerValues.Doubles("layers", name, "gradients", NameOf(tensor)), Tolerances.PyTorch, tensor.Name);
        gradients.Layout.Tensors.Count(t => t.IsTrained).Should().Be(LayerValues.Element("layers", name, "gradients").EnumerateObject().Count());

        layer.ExportStatistics(weights, averaged: false);
        foreach (ParameterTensor tensor in weights.Layout.Tensors.Where(t => !t.IsTrained))
            Tolerances.ShouldBeClose(weights[tensor], LayerValues.Doubles("layers", name, "buffers", NameOf(tensor)), Tolerances.PyTorch, tensor.Name);
        StripMatrix scored = MatrixOf(name, "x", size);
        ScoringSteps.Run(description, weights, scored);
        ShouldEqual(scored, name, "scored");
        GC.KeepAlive(network);
    }

    private static string NameOf(ParameterTensor tensor) => tensor.Name[2..];

    private static void ShouldEqual(StripMatrix matrix, string layer, string name)
    {
        var values = new float[Rows * matrix.Columns];
        for (int row = 0; row < Rows; row++)
            matrix.GetRow(row, values.AsSpan(row * matrix.Columns, matrix.Columns));
        Tolerances.ShouldBeClose(values, LayerValues.Doubles("layers", layer, name), Tolerances.PyTorch, name);
    }

    private static StripMatrix MatrixOf(string layer, string name, int size)
    {
        float[] values = LayerValues.Floats("layers", layer, name);
        var matrix = new StripMatrix(Rows, size);
        for (int row = 0; row < Rows; row++)
            matrix.SetRow(row, values.AsSpan(row * size, size));
        return matrix;
    }
}
