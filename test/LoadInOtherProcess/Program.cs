// Prints what a model makes of a file: LoadInOtherProcess MODEL DATA. The columns of the file, separated by commas, are those of
// the schema saved with the model, in order.
using Microsoft.ML;

var ml = new MLContext();
var model = ml.Model.Load(args[0], out var schema);
var data = TextRows.Load(ml, args[1], schema);
foreach (string line in TextRows.Print(model.Transform(data)))
    Console.WriteLine(line);
