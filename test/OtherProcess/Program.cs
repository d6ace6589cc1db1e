// An application that the tests run as a process of its own. It has the packages, but no native library of TorchSharp's.
//   load MODEL DATA   prints what a model makes of a file, whose columns, separated by commas, are those of the schema saved with
//                     the model, in order; no component of the model is named here
//   engines           prints what comes of asking for TorchSharp
switch (args)
{
    case ["load", var model, var data]:
        LoadedModel.Print(model, data);
        return 0;
    case ["engines"]:
        Engines.Print();
        return 0;
    default:
        Console.Error.WriteLine("Expected load MODEL DATA or engines.");
        return 2;
}
