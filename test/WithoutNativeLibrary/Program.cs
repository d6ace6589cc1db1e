// Prints what comes of asking for TorchSharp where its native library is missing or of another version.
using Microsoft.ML;
using MLExtensions.Trainers;

Print("engine", () => new TorchSharpEngine());
Print("device", () => new TorchSharpEngine(Device.Cuda(1)));
Print("context", () => new MLContext().UseTorchSharp(Device.Cpu));

static void Print(string name, Action make)
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
