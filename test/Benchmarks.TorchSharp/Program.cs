// Measures the engine on libtorch beside a loop written by hand on TorchSharp, and the managed engine.
//   cpu              thousand rows per second of several networks
//   cuda [ROWS]      seconds per epoch of 3 x 512 on ROWS x 100, batches of 4,096, for every precision
using System.Globalization;
using MLExtensions.Benchmarks.TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case [] or ["cpu"]:
        CpuSpeed.Run();
        break;
    case ["cuda", .. var rest]:
        CudaSpeed.Run(rest is [var rows] ? int.Parse(rows) : 1_000_000);
        break;
    default:
        Console.Error.WriteLine("Expected cpu or cuda [ROWS].");
        return 1;
}
return 0;
