using System.Diagnostics;
using MLExtensions.Networks;
using MLExtensions.Trainers;
using TorchSharp;

namespace MLExtensions.Benchmarks.Libtorch;

/// <summary>Thousand rows per second on the first GPU: the best of several rounds, all taking turns.</summary>
internal static class CudaSpeed
{
    private const int Rounds = 5;
    private static readonly TimeSpan s_round = TimeSpan.FromMilliseconds(250);
    private static readonly (int Units, int Batch)[] s_shapes = [(64, 32), (256, 256), (512, 1024), (2048, 8192)];

    /// <summary>Measures.</summary>
    /// <param name="rows">The rows of the data.</param>
    public static void Run(int rows)
    {
        if (!torch.cuda.is_available())
        {
            Console.WriteLine("libtorch finds no GPU here. Build with -p:TorchSharpNative=cuda-linux on a machine that has one.");
            return;
        }

        int threads = Math.Min(2, Environment.ProcessorCount), allThreads = Environment.ProcessorCount;
        Console.WriteLine($"thousand rows per second, {rows} rows of 54 features, two hidden layers, 7 classes, Adam");
        Console.WriteLine($"| hidden x batch | hand-written TorchSharp | engine | TensorFloat32 | BFloat16 | data in the host | managed engine, {threads} threads | {allThreads} threads |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (units, batch) in s_shapes)
        {
            var problem = new Problem(rows, 54, [units, units], batch);
            using var loop = new HandWrittenLoop(problem, torch.CUDA);
            using var single = Open(problem, new TorchSharpEngine(Trainers.Device.Cuda()));
            using var rounded = Open(problem, new TorchSharpEngine(Trainers.Device.Cuda()) { Precision = MatrixPrecision.BFloat16 });
            using var streamed = Open(problem, new TorchSharpEngine(Trainers.Device.Cuda()) { ResidentBytes = 0 });
            using var managed = problem.Open(new ManagedEngine { Threads = threads });
            using var managedByAll = problem.Open(new ManagedEngine { Threads = allThreads });

            double[] best = new double[7];
            for (int round = 0; round < Rounds; round++)
            {
                Take(0, steps => Train(problem, loop, steps));
                Take(1, steps => Train(problem, single, steps));
                // Allowed for the whole process while a session with it lives.
                using (var tensorFloat = Open(problem, new TorchSharpEngine(Trainers.Device.Cuda()) { Precision = MatrixPrecision.TensorFloat32 }))
                    Take(2, steps => Train(problem, tensorFloat, steps));
                Take(3, steps => Train(problem, rounded, steps));
                Take(4, steps => Train(problem, streamed, steps));
                Take(5, steps => Train(problem, managed, steps));
                Take(6, steps => Train(problem, managedByAll, steps));
            }
            Console.WriteLine($"| {units} x {batch} | {string.Join(" | ", best.Select(rate => rate.ToString("F0")))} |");

            void Take(int index, Action<int> train) => best[index] = Math.Max(best[index], Measure(batch, train));
        }
    }

    private static IQueuedMlpSession Open(Problem problem, TorchSharpEngine engine) => (IQueuedMlpSession)problem.Open(engine);

    /// <summary>Thousand rows per second of as many steps as a round takes.</summary>
    private static double Measure(int batchRows, Action<int> train)
    {
        for (int steps = 1; ; steps *= 2)
        {
            long start = Stopwatch.GetTimestamp();
            train(steps);
            var time = Stopwatch.GetElapsedTime(start);
            if (time >= s_round)
                return steps * (double)batchRows / time.TotalSeconds / 1000;
        }
    }

    private static void Train(Problem problem, HandWrittenLoop loop, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            using var scope = torch.NewDisposeScope();
            loop.Step(problem.Batch(step));
        }
        torch.cuda.synchronize();
    }

    private static void Train(Problem problem, IQueuedMlpSession session, int steps)
    {
        for (int step = 0; step < steps; step++)
            session.Enqueue(problem.Batch(step), new StepSettings(Problem.LearningRate));
        session.TakeLosses();
    }

    private static void Train(Problem problem, IMlpSession session, int steps)
    {
        for (int step = 0; step < steps; step++)
            session.Step(problem.Batch(step), new StepSettings(Problem.LearningRate));
    }
}
