using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using MLExtensions.Benchmarks.Speed;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>Measures ours and other libraries on the same rows of real data.</summary>
internal static class AccuracyCommand
{
    /// <summary>Runs all that is asked for.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="output">Receives the results.</param>
    /// <param name="progress">Is told of each training.</param>
    public static void Run(AccuracyOptions options, TextWriter output, TextWriter progress)
    {
        List<string> notes = [];
        var all = Contenders.All(options.Peers, options.PythonPath, notes.Add);
        try
        {
            AccuracyOptions.RequireKnown("contender", options.Contenders, all.Select(contender => contender.Key));
            var chosen = all.Where(contender => options.Contenders.Count == 0 ? !contender.IsOnDemand : options.Contenders.Contains(contender.Key)).ToList();
            var report = new AccuracyReport(Describe(chosen), options, chosen);
            notes.ForEach(report.Note);
            foreach (var set in DataSets.All.Where(set => options.Sets.Count == 0 || options.Sets.Contains(set.Name)))
            {
                Measure(set, chosen, options, report, progress);
                if (options.MarkdownPath is { } path)
                    Save(report, path);
            }
            report.Write(output);
        }
        finally
        {
            foreach (var contender in all)
                contender.Dispose();
        }
    }

    private static void Measure(DataSet set, List<IContender> contenders, AccuracyOptions options, AccuracyReport report, TextWriter progress)
    {
        var table = Table.Read(set);
        report.Begin(set, table);
        foreach (int seed in Enumerable.Range(options.FirstSeed, options.Seeds))
        {
            var splits = set.Protocol.Splits(table, seed).ToList();
            if (options.Quick)
                splits = [splits[0].Limit(AccuracyOptions.QuickRows, seed)];
            foreach (var contender in contenders)
            {
                long start = Stopwatch.GetTimestamp();
                string result = Try(contender, new(set, table, splits[0], seed), splits, report);
                progress.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{set.Name}, seed {seed}, {contender.Name}: {result} ({Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s)"));
            }
        }
    }

    // One that fails leaves its place empty, and the others go on.
    private static string Try(IContender contender, Trial trial, IReadOnlyList<Split> splits, AccuracyReport report)
    {
        try
        {
            List<Metrics> metrics = [];
            var time = TimeSpan.Zero;
            foreach (var split in splits)
            {
                var prediction = contender.Run(trial with { Split = split });
                metrics.Add(Metrics.Of(trial.Table, split.Test, prediction.Scores));
                time += prediction.FitTime;
            }
            var mean = Metrics.Mean(metrics);
            report.Add(new Outcome(trial.Set.Name, contender.Key, mean, time / splits.Count));
            return mean.InWords;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            string message = $"{contender.Name} failed on {trial.Set.Name} with seed {trial.Seed}: {exception.GetBaseException().Message}";
            report.Note(message);
            return message;
        }
    }

    private static Machine Describe(List<IContender> contenders)
    {
        var machine = Machine.Describe([]);
        var facts = new Dictionary<string, string>(machine.Facts)
        {
            ["Microsoft.ML.LightGbm"] = Machine.VersionOf(typeof(LightGbmRegressionTrainer).Assembly),
            ["Microsoft.ML.FastTree"] = Machine.VersionOf(typeof(FastTreeRegressionTrainer).Assembly),
        };
        if (contenders.OfType<PythonContender>().FirstOrDefault() is { } python)
            facts["scikit-learn"] = python.Version;
        return machine with { Facts = facts };
    }

    // Beside, then renamed: a run that is ended early leaves what it had.
    private static void Save(AccuracyReport report, string path)
    {
        using (var file = new StreamWriter(path + ".new"))
            report.Write(file);
        File.Move(path + ".new", path, overwrite: true);
    }
}
