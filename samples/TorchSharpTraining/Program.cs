// Training on libtorch, one program each: dotnet run --project samples/TorchSharpTraining -- gpu | network
using MLExtensions.Samples;

switch (args)
{
    case ["gpu"]:
        GpuTraining.Run();
        return 0;
    case ["network"]:
        OwnNetwork.Run();
        return 0;
    default:
        Console.Error.WriteLine("Expected gpu or network.");
        return 2;
}
