// What can be your own, one program each: dotnet run --project samples/Extending -- activation | loss | optimizer | schedule
using MLExtensions.Samples;

switch (args)
{
    case ["activation"]:
        OwnActivation.Run();
        return 0;
    case ["loss"]:
        OwnLoss.Run();
        return 0;
    case ["optimizer"]:
        OwnOptimizer.Run();
        return 0;
    case ["schedule"]:
        OwnSchedule.Run();
        return 0;
    default:
        Console.Error.WriteLine("Expected activation, loss, optimizer or schedule.");
        return 2;
}
