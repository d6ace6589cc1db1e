using Microsoft.ML;
using MLExtensions.Trainers;

/// <summary>Engines of TorchSharp, whose native library is missing or of another version.</summary>
internal static class Engines
{
    public static void Print()
    {
        Print("engine", () => new TorchSharpEngine());
        Print("device", () => new TorchSharpEngine(Device.Cuda(1)));
        Print("context", () => new MLContext().UseTorchSharp(Device.Cpu));
    }

    private static void Print(string name, Action make)
    {
        try
        {
            make();
            Console.WriteLine($"{name}: made");
        }
        catch (Exception exception)
        {
            Console.WriteLine($"{name}: {exception.GetType().Name}: {exception.Message}");
        }
    }
}
