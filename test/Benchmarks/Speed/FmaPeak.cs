using System.Diagnostics;
using System.Runtime.CompilerServices;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>
/// The most floating-point operations that the processor does: fused multiply-adds of the widest vectors on registers alone.
/// </summary>
internal static class FmaPeak
{
    private const int Sums = 12;
    private const int Repetitions = 20_000;

    /// <summary>Measures threads at once; operations per second of all of them together, in billions. The best of several tries, as it is a limit.</summary>
    public static double GigaflopsPerSecond(int threads, TimeSpan duration)
    {
        double best = 0;
        for (int attempt = 0; attempt < 6; attempt++)
        {
            double sum = 0;
            using var start = new Barrier(threads);
            var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                double rate = Measure(duration / 6);
                lock (start)
                    sum += rate;
            })).ToArray();
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());
            best = Math.Max(best, sum);
        }
        return best / 1e9;
    }

    private static unsafe double Measure(TimeSpan duration)
    {
        var result = stackalloc float[16];
        var loop = new Loop((nint)result);
        long repetitions = 0;
        long start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            InstructionSet.Run(loop);
            repetitions += Repetitions;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed < duration);
        return 2.0 * repetitions * Sums * InstructionSet.VectorCount / elapsed.TotalSeconds;
    }

    /// <summary>Twelve independent sums, more than the latency of an instruction times the instructions begun per cycle.</summary>
    private readonly unsafe record struct Loop(nint Result) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector a = TVector.Create(0.999f), b = TVector.Create(0.001f);
            TVector s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
            for (int i = 0; i < Repetitions; i++)
            {
                s0 = TVector.MultiplyAdd(s0, a, b);
                s1 = TVector.MultiplyAdd(s1, a, b);
                s2 = TVector.MultiplyAdd(s2, a, b);
                s3 = TVector.MultiplyAdd(s3, a, b);
                s4 = TVector.MultiplyAdd(s4, a, b);
                s5 = TVector.MultiplyAdd(s5, a, b);
                s6 = TVector.MultiplyAdd(s6, a, b);
                s7 = TVector.MultiplyAdd(s7, a, b);
                s8 = TVector.MultiplyAdd(s8, a, b);
                s9 = TVector.MultiplyAdd(s9, a, b);
                s10 = TVector.MultiplyAdd(s10, a, b);
                s11 = TVector.MultiplyAdd(s11, a, b);
            }

            // Stored, so that the compiler keeps the loop.
            (s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11).Store((float*)Result);
        }
    }
}
