// An application that the tests run as a process of its own. It has the packages, but no native library of TorchSharp's.
//   load MODEL DATA   prints what a model makes of a file, whose columns, separated by commas, are those of the schema saved with
//                     the model, in order; no component of the model is named here
//   save MODEL PATH   loads a model and saves it to a path again and again, until it is killed or a save fails; a line after each
//   train FOLDER DATA EPOCHS
//                     trains on a file of numbers, of which the last is the label, with checkpoints in a folder after each epoch; a line after each,
//                     and at the end the reason for which it ended, a hash of the weights and the history without times
//   tune STORE TRIALS searches options, with its trials in a file; a line after each trial, and one for each at the end
//   spill FOLDER ROWS BYTES EPOCHS
//                     trains on rows made as they are read, with a file for those that do not fit into so many bytes; a line after each epoch, and at the end the
//                     loss and the most memory that the process had, in KiB (on Linux)
//   ranks DATA EPOCHS CHANGE...
//                     trains on such a file with the other processes that mpiexec has started; RankedTraining tells of the changes
//   hosts COUNT MICROSECONDS PERCENT PROGRAM ARGUMENT...
//                     runs a program on the first of some hosts, whose network takes its time and loses frames; Hosts tells how this is started
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
        KeptTraining.Run(folder, data, Number(epochs));
        return 0;
    case ["tune", var store, var trials]:
        StoredSearch.Run(store, Number(trials));
        return 0;
    case ["spill", var folder, var rows, var bytes, var epochs]:
        SpilledTraining.Run(folder, Number(rows), Number(bytes), Number(epochs));
        return 0;
    case ["ranks", var data, var epochs, .. var changes]:
        RankedTraining.Run(data, int.Parse(epochs, System.Globalization.CultureInfo.InvariantCulture), changes);
        return 0;
    case ["hosts", var count, var microseconds, var percent, .. var program]:
        return Hosts.Run(Number(count), TimeSpan.FromMicroseconds(Number(microseconds)), Number(percent) / 100.0, program);
    case ["engines"]:
        Engines.Print();
        return 0;
    default:
        Console.Error.WriteLine("Expected load MODEL DATA, save MODEL PATH, train FOLDER DATA EPOCHS, tune STORE TRIALS, spill FOLDER ROWS BYTES EPOCHS, ranks DATA EPOCHS CHANGE..., hosts COUNT MICROSECONDS PERCENT PROGRAM ARGUMENT... or engines.");
        return 2;
}

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
