using System.Globalization;

namespace MLExtensions.Benchmarks.Libtorch;

/// <summary>Measures the engine on libtorch beside a loop written by hand on TorchSharp, and the managed engine.</summary>
internal static class LibtorchCommand
{
    public const string Usage = "torchsharp [cpu | cuda [ROWS]]";

    public static void Run(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        switch (arguments)
        {
            case [] or ["cpu"]:
                CpuSpeed.Run();
                break;
            case ["cuda"]:
                CudaSpeed.Run(rows: 100_000);
                break;
            case ["cuda", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out int rows) && rows > 0:
                CudaSpeed.Run(rows);
                break;
            default:
                throw new UsageException($"Expected {Usage}, got torchsharp {string.Join(' ', arguments)}.");
        }
    }
}
