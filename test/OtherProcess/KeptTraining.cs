using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.Trainers;

/// <summary>A training with checkpoints, to be killed or stopped at any moment.</summary>
internal static class KeptTraining
{
    public static void Run(string folder, string dataPath, int epochs)
    {
        var ml = new MLContext(seed: 1);
        int columns = File.ReadLines(dataPath).First().Split(',').Length;
        var data = ml.Data.LoadFromTextFile(dataPath,
            [new("Features", DataKind.Single, 0, columns - 2), new("Label", DataKind.Single, columns - 1)], separatorChar: ',');
        var options = new DeepMlpOptions
        {
            HiddenLayers = [16, 16],
            NumberOfEpochs = epochs,
            DropoutRate = 0.1f,
            Normalization = Normalization.Batch,
            EarlyStopping = new() { Patience = epochs },
            Ensemble = new() { Members = 2 },
            StopOnCtrlC = true,
            Progress = TrainingMonitor.OfEpochs(report => Console.WriteLine($"epoch {report.Epoch}")),
            Checkpoint = new() { Folder = folder, EveryEpochs = 1 },
        };

        var trainer = ml.Regression.Trainers.DeepMlp(options);
        var fitted = trainer.Fit(data);
        if (fitted.History.StopReason == StopReason.Canceled)
            PrintWhatASecondFitSays(() => trainer.Fit(data));

        byte[] weights = MemoryMarshal.AsBytes(fitted.Model.CopyWeights().Values.AsSpan()).ToArray();
        Console.WriteLine($"ended: {fitted.History.StopReason}");
        Console.WriteLine($"weights: {Convert.ToHexString(SHA256.HashData(weights))}");
        foreach (var member in fitted.History.Members)
            Console.WriteLine($"history: {string.Join(' ', member.Epochs.Select(epoch => FormattableString.Invariant($"{epoch.TrainingLoss:R} {epoch.ValidationLoss:R} {epoch.IsBest}")))}");
    }

    private static void PrintWhatASecondFitSays(Action fit)
    {
        try
        {
            fit();
            Console.WriteLine("again: trained");
        }
        catch (OperationCanceledException exception)
        {
            Console.WriteLine($"again: {exception.Message}");
        }
    }
}
