// Prints what a model with the network 'residual' makes of a file: LoadCustomNetwork MODEL DATA [FACTORY], where FACTORY is
// registered or nothing. The columns of the file, separated by commas, are those of the schema saved with the model, in order.
using Microsoft.ML;

var ml = new MLContext();
if (args is [_, _, "registered"])
    ml.RegisterTorchSharpNetwork("residual", input => new ResidualNetwork(input.Features, input.Outputs));
try
{
    var model = ml.Model.Load(args[0], out var schema);
    foreach (string line in TextRows.Print(model.Transform(TextRows.Load(ml, args[1], schema))))
        Console.WriteLine(line);
}
catch (Exception exception)
{
    Console.WriteLine(exception.GetBaseException().Message);
}
