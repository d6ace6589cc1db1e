// An application that the tests run as a process of its own. It has the packages, but no native library of TorchSharp's.
//   load MODEL DATA   prints what a model makes of a file, whose columns, separated by commas, are those of the schema saved with
//                     the model, in order; no component of the model is named here
//   save MODEL PATH   loads a model and saves it to a path again and again, until it is killed or a save fails; a line after each
//   train FOLDER DATA EPOCHS
//                     trains on a file of numbers, of which the last is the label, with checkpoints in a folder after each epoch; a line after each,
//                     and at the end the reason for which it ended, a hash of the weights and the history without times
//   tune STORE TRIALS searches options, with its trials in a file; a line after each trial, and one for each at the end
//   engines           prints what comes of asking for TorchSharp
switch (args)
{
    case ["load", var model, var data]:
        LoadedModel.Print(model, data);
        return 0;
    case ["save", var model, var path]:
        LoadedModel.SaveForever(model, path);
        return 0;
    case ["train", var folder, var data, var epochs]:
        KeptTraining.Run(folder, data, int.Parse(epochs, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["tune", var store, var trials]:
        StoredSearch.Run(store, int.Parse(trials, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["engines"]:
        Engines.Print();
        return 0;
    default:
        Console.Error.WriteLine("Expected load MODEL DATA, save MODEL PATH, train FOLDER DATA EPOCHS, tune STORE TRIALS or engines.");
        return 2;
}
