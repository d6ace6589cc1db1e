using System.Diagnostics;
using MLExtensions.Networks;
using MLExtensions.Trainers;
using TorchSharp;

namespace MLExtensions.Benchmarks.Libtorch;

/// <summary>Thousand rows per second on the CPU: the best of several rounds, all taking turns.</summary>
internal static class CpuSpeed
{
    private const int Rounds = 7;
    private static readonly TimeSpan s_round = TimeSpan.FromMilliseconds(350);

    public static void Run()
    {
        Console.WriteLine($"TorchSharp on {torch.get_num_threads()} thread(s); thousand rows per second, 54 features, two hidden layers, 7 classes, Adam");
        Console.WriteLine("| hidden x batch | hand-written TorchSharp | TorchSharp engine | ratio | the same as own modules | ratio | managed engine |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (units, batch) in new[] { (64, 32), (128, 64), (256, 256), (512, 1024) })
        {
            var problem = new Problem(20_000, 54, [units, units], batch);
            using var loop = new HandWrittenLoop(problem, torch.CPU);
            using var session = problem.Open(new TorchSharpEngine(Trainers.Device.Cpu));
            using var modules = problem.OpenModules(Trainers.Device.Cpu);
            using var managed = problem.Open(new ManagedEngine { Threads = torch.get_num_threads() });

            double hand = 0, engine = 0, own = 0, managedRate = 0;
            for (int round = 0; round < Rounds; round++)
            {
                hand = Math.Max(hand, Measure(problem, index =>
                {
                    using var scope = torch.NewDisposeScope();
                    loop.Step(problem.Batch(index)).item<float>();
                }));
                engine = Math.Max(engine, Measure(problem, index => session.Step(problem.Batch(index), new StepSettings(Problem.LearningRate))));
                own = Math.Max(own, Measure(problem, index => modules.Step(problem.Batch(index), new StepSettings(Problem.LearningRate))));
                managedRate = Math.Max(managedRate, Measure(problem, index => managed.Step(problem.Batch(index), new StepSettings(Problem.LearningRate))));
            }
            Console.WriteLine($"| {units} x {batch} | {hand:F0} | {engine:F0} | {engine / hand:F2} | {own:F0} | {own / hand:F2} | {managedRate:F0} |");
        }
    }

    private static double Measure(Problem problem, Action<int> step)
    {
        int steps = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_round)
            step(steps++);
        return steps * problem.BatchRows / Stopwatch.GetElapsedTime(start).TotalSeconds / 1000;
    }
}
