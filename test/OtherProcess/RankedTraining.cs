using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Distributed;
using MLExtensions.Networks;
using MLExtensions.Trainers;

/// <summary>A training on the ranks that mpiexec has started; each prints what it got.</summary>
internal static class RankedTraining
{
    /// <param name="dataPath">A file of numbers, of which the last is the label.</param>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="changes">
    /// <c>folder=PATH</c> for checkpoints, <c>patience=SECONDS</c>, <c>width=UNITS</c>, <c>batch=ROWS</c>, <c>seed=NUMBER</c>, and what one rank does otherwise:
    /// <c>rate-of=RANK</c>, <c>rows-of=RANK</c>, <c>fail-in=RANK</c>, <c>absent=RANK</c>.
    /// </param>
    public static void Run(string dataPath, int epochs, string[] changes)
    {
        var given = changes.Select(change => change.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        int Number(string name, int otherwise) => given.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        Mpi.Patience = TimeSpan.FromSeconds(Number("patience", 25));
        var ranks = Mpi.World;
        bool Is(string name) => Number(name, -1) == ranks.Rank;

        var ml = new MLContext(seed: given.ContainsKey("seed") ? Number("seed", 0) : null);
        int columns = File.ReadLines(dataPath).First().Split(',').Length;
        IDataView data = ml.Data.LoadFromTextFile(dataPath,
            [new("Features", DataKind.Single, 0, columns - 2), new("Label", DataKind.Single, columns - 1)], separatorChar: ',');
        if (Is("rows-of"))
            data = ml.Data.TakeRows(data, 100);
        if (Is("absent"))
            return;
        if (Is("fail-in"))
            throw new InvalidOperationException("made to fail");
        int width = Number("width", 16);
        var options = new DeepMlpOptions
        {
            HiddenLayers = [width, width],
            BatchSize = Number("batch", 64),
            NumberOfEpochs = epochs,
            DropoutRate = 0.1f,
            Normalization = Normalization.Batch,
            // Adam makes whole steps of the rounding that is the gradient of a bias before normalization.
            Optimizer = new SgdOptions { LearningRate = Is("rate-of") ? 0.1f : 0.01f, Momentum = 0.9f },
            EarlyStopping = new() { Patience = epochs },
            Communicator = ranks,
            Progress = TrainingMonitor.OfEpochs(report => Console.WriteLine($"epoch {report.Epoch} of rank {ranks.Rank}, process {Environment.ProcessId}")),
            Checkpoint = given.TryGetValue("folder", out string? folder) ? new() { Folder = folder, EveryEpochs = 1 } : null,
        };

        var fitted = ml.Regression.Trainers.DeepMlp(options).Fit(data);
        byte[] weights = MemoryMarshal.AsBytes(fitted.Model.CopyWeights().Values.AsSpan()).ToArray();
        string line = FormattableString.Invariant($"rank {ranks.Rank} of {ranks.Size}: {fitted.History.StopReason}, seed {fitted.History.Seed}, best epoch {fitted.History.BestEpoch}, loss {fitted.History.Epochs[^1].ValidationLoss:R}, seconds {fitted.History.Epochs[^1].Seconds - fitted.History.Epochs[0].Seconds:F3}, weights {Convert.ToHexString(SHA256.HashData(weights))}");
        Console.WriteLine(line);
    }
}
