using System.Diagnostics;
using MLExtensions.Networks;
using MLExtensions.Trainers;
using TorchSharp;

namespace MLExtensions.Benchmarks.Libtorch;

/// <summary>Seconds per epoch on the first GPU: the best of three after one that is not counted.</summary>
internal static class CudaSpeed
{
    private const int Epochs = 4;

    public static void Run(int rows)
    {
        if (!torch.cuda.is_available())
        {
            Console.WriteLine("libtorch finds no GPU here. Build with -p:TorchSharpNative=cuda-linux on a machine that has one.");
            return;
        }

        var problem = new Problem(rows, 100, [512, 512, 512], 4096);
        Console.WriteLine($"seconds per epoch, {rows} x 100 rows, 3 x 512 units, batches of {problem.BatchRows}, Adam");
        using (var loop = new HandWrittenLoop(problem, torch.CUDA))
            Console.WriteLine($"hand-written TorchSharp: {Best(() => Epoch(problem, loop)):F3}");
        foreach (var precision in Enum.GetValues<MatrixPrecision>())
            Measure(problem, $"engine, {precision}", new TorchSharpEngine(Trainers.Device.Cuda()) { Precision = precision });
        Measure(problem, "engine, data in the host", new TorchSharpEngine(Trainers.Device.Cuda()) { ResidentBytes = 0 });
    }

    private static void Measure(Problem problem, string name, TorchSharpEngine engine)
    {
        using var session = (IQueuedMlpSession)problem.Open(engine);
        Console.WriteLine($"{name}: {Best(() =>
        {
            for (int batch = 0; batch < problem.Batches; batch++)
                session.Enqueue(problem.Batch(batch), new StepSettings(Problem.LearningRate));
            session.TakeLosses();
        }):F3}");
    }

    private static void Epoch(Problem problem, HandWrittenLoop loop)
    {
        for (int batch = 0; batch < problem.Batches; batch++)
        {
            using var scope = torch.NewDisposeScope();
            loop.Step(problem.Batch(batch));
        }
        torch.cuda.synchronize();
    }

    private static double Best(Action epoch)
    {
        double best = double.MaxValue;
        for (int i = 0; i < Epochs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            epoch();
            if (i > 0)
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
