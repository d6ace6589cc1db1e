using MLExtensions.Networks;
using MLExtensions.Trainers.TorchSharp;
using MLExtensions.Trainers.TorchSharp.Devices;
using MLExtensions.Trainers.TorchSharp.Rows;
using TorchSharp;

namespace MLExtensions.Trainers.Tests;

/// <summary>What a session promises beside its arithmetic, which <see cref="ParityTests"/> hold against the managed engine.</summary>
[TestClass]
public sealed class TorchSessionTests
{
    [TestMethod]
    public void Step_WeightsAddUpToZero_DoesNothing()
    {
        var problem = Problem(weighted: true);
        Array.Clear(problem.Data.Weights!);
        using var session = Open(problem);

        double loss = session.Step(problem.AllRows, 1);

        loss.Should().Be(0);
        WeightsOf(session, problem).Should().Equal(problem.Start.Values);
    }

    [TestMethod]
    public void Step_NaNFeature_GivesNaNLoss()
    {
        var problem = Problem();
        problem.Data.Features.Array![4] = float.NaN;
        using var session = Open(problem);

        session.Step(problem.AllRows, 0.1f).Should().Be(double.NaN);
    }

    [TestMethod]
    public void Step_InsideNoGrad_TrainsAllTheSame()
    {
        var problem = Problem();
        using var session = Open(problem);

        using (torch.no_grad())
            session.Step(problem.AllRows, 0.1f);

        WeightsOf(session, problem).Should().NotEqual(problem.Start.Values);
    }

    [TestMethod]
    public void GetWeights_AfterSetWeights_GivesTheSame()
    {
        var problem = new TestProblem(Loss.SquaredError, 3, 67, 70, TestProblem.Mlp(67, [130], 70, Activation.Relu, normalize: true));
        using var session = Open(problem);

        WeightsOf(session, problem).Should().Equal(problem.Start.Values);
    }

    [TestMethod]
    public void Open_Data_IsNotChanged()
    {
        var problem = Problem(weighted: true);
        float[] features = [.. problem.Data.Features.Array!], targets = [.. problem.Data.Targets], weights = [.. problem.Data.Weights!];

        using (var session = Open(problem))
            session.Step(problem.AllRows, 0.1f);

        problem.Data.Features.Array.Should().Equal(features);
        problem.Data.Targets.Should().Equal(targets);
        problem.Data.Weights.Should().Equal(weights);
    }

    [TestMethod]
    public void Step_RowOutsideData_IsRefused()
    {
        var problem = Problem();
        using var session = Open(problem);

        Action act = () => session.Step([0, problem.Data.Rows], 0.1f);

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"Row indices must be from 0 to {problem.Data.Rows - 1}, got {problem.Data.Rows}.*");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(7)]
    public void Step_WrongNumberOfRows_IsRefused(int rows)
    {
        var problem = Problem();
        using var session = Open(problem);

        Action act = () => session.Step(new int[rows], 0.1f);

        act.Should().Throw<ArgumentException>().WithMessage($"A step needs from 1 to 6 rows, got {rows}.*");
    }

    [TestMethod]
    public void Score_TooLittleRoom_IsRefused()
    {
        var problem = Problem();
        using var session = Open(problem);

        Action act = () => session.Score([0, 1], new float[3]);

        act.Should().Throw<ArgumentException>().WithMessage("Expected room for 2 x 2 outputs, got 3.*");
    }

    [TestMethod]
    public void Score_MoreRowsThanAPortion_EqualsOneByOne()
    {
        var problem = new TestProblem(Loss.SquaredError, 20_000, 3, 2, TestProblem.Mlp(3, [5], 2, Activation.Tanh));
        using var session = Open(problem);
        float[] all = new float[20_000 * 2], one = new float[2];

        session.Score(problem.AllRows, all);

        foreach (int row in new[] { 0, 8_191, 8_192, 19_999 })
        {
            session.Score([row], one);
            all[(row * 2)..(row * 2 + 2)].Should().Equal(one, (x, y) => Math.Abs(x - y) < 1e-5);
        }
    }

    [TestMethod]
    public void SetWeights_OfAnotherNetwork_IsRefused()
    {
        using var session = Open(Problem());
        var other = new TestProblem(Loss.SquaredError, 3, 2, 1, TestProblem.Mlp(2, [4], 1, Activation.Relu));

        Action act = () => session.SetWeights(other.Start);

        act.Should().Throw<ArgumentException>().WithMessage("The weights are of another network: *");
    }

    [TestMethod]
    public void Enqueue_ManySteps_GivesWhatStepGives()
    {
        var problem = Problem(weighted: true);
        using var session = Open(problem);
        using var queued = new QueuedTorchSession(SetupOf(problem));
        queued.SetWeights(problem.Start);
        int[][] batches = [[0, 1, 2], [3, 4], [5], [0, 5]];
        Array.Clear(problem.Data.Weights!, 5, 1);

        double[] expected = [.. batches.Select(rows => session.Step(rows, 0.1f))];
        foreach (int[] rows in batches)
            queued.Enqueue(rows, new StepSettings(0.1f));

        queued.TakeLosses().Should().Equal(expected).And.HaveElementAt(2, 0);
        queued.TakeLosses().Should().BeEmpty("they were taken");
        WeightsOf(queued, problem).Should().Equal(WeightsOf(session, problem));
    }

    [TestMethod]
    public void Step_BFloat16Products_AreCloseAndNotTheSame()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 64, 20, 3, TestProblem.Mlp(20, [32, 32], 3, Activation.Relu));
        using var single = Open(problem);
        using var rounded = Open(problem, MatrixPrecision.BFloat16);

        for (int step = 0; step < 20; step++)
        {
            double expected = single.Step(problem.AllRows, 0.05f);
            double loss = rounded.Step(problem.AllRows, 0.05f);

            // 8 bits: 0.4 % per product.
            loss.Should().BeApproximately(expected, 0.02 * expected, "step {0}", step).And.NotBe(expected);
        }
    }

    [TestMethod]
    public void Open_TensorFloat32_IsAllowedWhileTheSessionLives()
    {
        var problem = Problem();
        bool before = torch.backends.cuda.matmul.allow_tf32;

        using (var first = Open(problem, MatrixPrecision.TensorFloat32))
        {
            using (var second = Open(problem, MatrixPrecision.TensorFloat32))
                torch.backends.cuda.matmul.allow_tf32.Should().BeTrue();
            torch.backends.cuda.matmul.allow_tf32.Should().BeTrue("the first session lives");
        }

        torch.backends.cuda.matmul.allow_tf32.Should().Be(before).And.BeFalse();
    }

    [TestMethod]
    public void Take_StreamedRows_EqualResidentRows()
    {
        var problem = Problem(weighted: true);
        using var scope = torch.NewDisposeScope();
        using var resident = new ResidentRows(problem.Data, true, 6, torch.CPU);
        using var streamed = new StreamedRows(problem.Data, true, 6, torch.CPU);

        var (expected, actual) = (resident.Take([4, 0, 4]), streamed.Take([4, 0, 4]));

        actual.Features.data<float>().ToArray().Should().Equal(expected.Features.data<float>().ToArray())
            .And.StartWith(problem.Data.Features.Array.AsSpan(4 * 3, 3).ToArray());
        actual.Targets.data<long>().ToArray().Should().Equal(expected.Targets.data<long>().ToArray());
        actual.Weights!.data<float>().ToArray().Should().Equal(problem.Data.Weights![4], problem.Data.Weights[0], problem.Data.Weights[4]);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Take_StreamedRows_AreOnTheDevice(bool unseen)
    {
        // A device that every machine has: it computes nothing, and its tensors tell where they are.
        var problem = Problem(weighted: true);
        var data = unseen ? problem.Data with { Features = new UnseenRows(problem.Data.Features) } : problem.Data;
        using var scope = torch.NewDisposeScope();
        using var rows = new StreamedRows(data, true, 6, torch.META);

        var batch = rows.Take([4, 0, 4]);

        new[] { batch.Features, batch.Targets, batch.Weights!, rows.TakeFeatures([4, 0, 4]) }.Should().OnlyContain(tensor => tensor.device_type == DeviceType.META);
        batch.Features.shape.Should().Equal(3, 3);
    }

    private static TestProblem Problem(bool weighted = false) =>
        new(Loss.CrossEntropy, 6, 3, 2, TestProblem.Mlp(3, [5], 2, Activation.Relu), weighted);

    private static SessionSetup SetupOf(TestProblem problem) =>
        new(problem.Network, problem.Data, problem.Settings(), Device.Cpu, MatrixPrecision.Single, long.MaxValue);

    private static IMlpSession Open(TestProblem problem, MatrixPrecision precision = MatrixPrecision.Single)
    {
        var session = new TorchSharpEngine(Device.Cpu) { Precision = precision }.Open(problem.Network, problem.Data, problem.Settings());
        session.SetWeights(problem.Start);
        return session;
    }

    private static float[] WeightsOf(IMlpSession session, TestProblem problem)
    {
        var weights = problem.Start.Clone();
        Array.Clear(weights.Values);
        session.GetWeights(weights);
        return weights.Values;
    }
}
