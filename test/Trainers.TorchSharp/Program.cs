// This assembly is also an application that has TorchSharp's native library and the code of a network, and loads a model with it. The
// tests run it as a process of its own, with load MODEL DATA [registered]: whether it registers the network 'residual'. It prints what
// the model makes of the file, whose columns are those of the schema saved with the model, in order, or the error.
using Microsoft.ML;
using MLExtensions.Trainers.Tests;

var ml = new MLContext();
if (args is ["load", _, _, "registered"])
    ml.RegisterTorchSharpNetwork("residual", input => new ResidualNetwork(input.Features, input.Outputs));
try
{
    var model = ml.Model.Load(args[1], out var schema);
    foreach (string line in TextRows.Print(model.Transform(TextRows.Load(ml, args[2], schema))))
        Console.WriteLine(line);
}
catch (Exception exception)
{
    Console.WriteLine(exception.GetBaseException().Message);
}
