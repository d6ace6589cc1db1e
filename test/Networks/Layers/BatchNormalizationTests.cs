using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Optimizers;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class BatchNormalizationTests
{
    private const int Rows = 7;
    private const int Size = 3;

    [TestMethod]
    public void Forward_PyTorchBatch_EqualsPyTorch()
    {
        ManagedBatchNormalizationLayer layer = Run(out _);

        Tolerances.ShouldBeClose(ValuesOf(layer.Output), Expected("output"), Tolerances.PyTorch, "output");
    }

    [TestMethod]
    public void Forward_PyTorchBatch_MovesRunningStatisticsAsPyTorch()
    {
        NetworkWeights weights = Weights();

        Run(out _).ExportStatistics(weights, averaged: false);

        Tolerances.ShouldBeClose(weights["0.running_mean"], Expected("running_mean"), Tolerances.PyTorch, "running mean");
        Tolerances.ShouldBeClose(weights["0.running_var"], Expected("running_var"), Tolerances.PyTorch, "running variance");
    }

    [TestMethod]
    public void Backward_PyTorchGradient_EqualsPyTorch()
    {
        NetworkWeights gradients = Weights();

        ManagedBatchNormalizationLayer layer = Run(out ParameterStore store);

        layer.Export(store.Gradients, gradients);
        Tolerances.ShouldBeClose(ValuesOf(layer.Gradient!), Expected("x_gradient"), Tolerances.PyTorch, "gradient");
        Tolerances.ShouldBeClose(gradients["0.weight"], Expected("gamma_gradient"), Tolerances.PyTorch, "gradient of γ");
        Tolerances.ShouldBeClose(gradients["0.bias"], Expected("beta_gradient"), Tolerances.PyTorch, "gradient of β");
    }

    [TestMethod]
    public void Score_AfterOneBatch_EqualsPyTorch()
    {
        NetworkWeights weights = Weights();
        Run(out _).ExportStatistics(weights, averaged: false);
        StripMatrix values = MatrixOf("x");

        ScoringSteps.Run(new NetworkDescription(Size, Size, [new BatchNormalizationLayer(Size)]), weights, values);

        Tolerances.ShouldBeClose(ValuesOf(values), Expected("scored"), Tolerances.PyTorch, "scored");
    }

    [TestMethod]
    public void Forward_MeanFarFromZero_DoesNotCancel()
    {
        const int Batch = 100;
        var input = new StripMatrix(Batch, 1);
        for (int row = 0; row < Batch; row++)
            input[row, 0] = 4096 + row % 2;
        ManagedBatchNormalizationLayer layer = Make(input, new StripMatrix(Batch, 1), new BatchNormalizationLayer(1));
        var weights = new NetworkWeights(new ParameterLayout(new NetworkDescription(1, 1, [new BatchNormalizationLayer(1)])));
        weights["0.weight"][0] = 1;
        layer.Import(weights);

        Forward(layer, Batch);

        layer.Output[0, 0].Should().BeApproximately(-1, 1e-4f);
        layer.Output[1, 0].Should().BeApproximately(1, 1e-4f);
    }

    private static ManagedBatchNormalizationLayer Run(out ParameterStore store)
    {
        StripMatrix input = MatrixOf("x");
        StripMatrix gradient = MatrixOf("output_gradient");
        LayerPlace place = LayerPlaces.Of(new BatchNormalizationLayer(Size), input, gradient);
        store = place.Store;
        var layer = (ManagedBatchNormalizationLayer)new BatchNormalizationLayer(Size).Open(place);
        layer.Import(Weights());
        Forward(layer, Rows);
        layer.SumBackward(new RowRange(0, Rows));
        layer.FinishBackward();
        layer.Backward(new RowRange(0, Rows), step: 0);
        return layer;
    }

    private static void Forward(ManagedBatchNormalizationLayer layer, int rows)
    {
        layer.BatchRows = rows;
        layer.SumForward(new RowRange(0, rows));
        layer.FinishForward();
        layer.Forward(new RowRange(0, rows), step: 0);
    }

    private static ManagedBatchNormalizationLayer Make(StripMatrix input, StripMatrix gradient, BatchNormalizationLayer layer) =>
        (ManagedBatchNormalizationLayer)layer.Open(LayerPlaces.Of(layer, input, gradient));

    private static NetworkWeights Weights()
    {
        var weights = new NetworkWeights(new ParameterLayout(new NetworkDescription(Size, Size, [new BatchNormalizationLayer(Size)])));
        PyTorchValues.Floats("batch_normalization", "gamma").CopyTo(weights["0.weight"]);
        PyTorchValues.Floats("batch_normalization", "beta").CopyTo(weights["0.bias"]);
        weights["0.running_var"].Fill(1);
        return weights;
    }

    private static StripMatrix MatrixOf(string name)
    {
        float[] values = PyTorchValues.Floats("batch_normalization", name);
        var matrix = new StripMatrix(Rows, Size);
        for (int row = 0; row < Rows; row++)
            matrix.SetRow(row, values.AsSpan(row * Size, Size));
        return matrix;
    }

    private static float[] ValuesOf(StripMatrix matrix)
    {
        var values = new float[matrix.Rows * matrix.Columns];
        for (int row = 0; row < matrix.Rows; row++)
            matrix.GetRow(row, values.AsSpan(row * matrix.Columns, matrix.Columns));
        return values;
    }

    private static double[] Expected(string name) => PyTorchValues.Doubles("batch_normalization", name);
}
