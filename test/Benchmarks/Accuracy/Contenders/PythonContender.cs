using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLExtensions.Benchmarks.Speed;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>A model of scikit-learn in a process of its own, which reads the same files and gets the split as a file of row numbers.</summary>
internal sealed class PythonContender : IContender
{
    private const string Library = "sklearn";

    private readonly PythonInterpreter _python;
    private readonly string _model;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private Process? _process;

    private PythonContender(PythonInterpreter python, string key, string model, string name, string settings)
    {
        _python = python;
        _model = model;
        Key = key;
        Name = name;
        Settings = settings;
    }

    public string Key { get; }

    public string Name { get; }

    public string Settings { get; }

    /// <summary>The versions of scikit-learn and Python.</summary>
    public string Version => (string)Ask("""{"model":"version"}""")["version"]!;

    private static string Script { get; } = Path.Combine(AppContext.BaseDirectory, "Accuracy", "Contenders", "accuracy_models.py");

    /// <summary>The models, where a Python has scikit-learn.</summary>
    public static IEnumerable<IContender> All(string? pythonPath, Action<string> note)
    {
        var python = PythonInterpreter.Find(pythonPath);
        if (python is null || !python.Libraries.Contains(Library))
        {
            note(python is null ? $"No {pythonPath ?? "python3"} runs here: measured without scikit-learn." : $"{python.Path} has no {Library}: measured without scikit-learn.");
            return [];
        }
        return
        [
            new PythonContender(python, "sklearn-mlp", "mlp", "scikit-learn's MLP",
                "MLPClassifier, MLPRegressor: early_stopping from 2,000 rows on, max_iter=1000, else defaults; numbers and labels of a regression standardized, categories one-hot"),
            new PythonContender(python, "sklearn-boosting", "boosting", "histogram boosting",
                "HistGradientBoostingClassifier, -Regressor: defaults, categories by categorical_features"),
        ];
    }

    public Prediction Run(Trial trial)
    {
        string rows = Path.Combine(_folder.FullName, "rows.json"), scores = Path.Combine(_folder.FullName, "scores.bin");
        File.WriteAllText(rows, JsonSerializer.Serialize(new { training = trial.Split.Seen, test = trial.Split.Test }));
        var answer = Ask(JsonSerializer.Serialize(new
        {
            model = _model,
            files = trial.Set.Paths,
            label = trial.Set.Label,
            dropped = trial.Set.Dropped,
            categories = trial.Table.Categories,
            classes = trial.Table.Classes,
            rows,
            scores,
            seed = trial.Seed,
        }));
        return new Prediction(MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(scores)).ToArray(), TimeSpan.FromSeconds((double)answer["seconds"]!));
    }

    public void Dispose()
    {
        _process?.StandardInput.Close();
        _process?.WaitForExit();
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private JsonNode Ask(string line)
    {
        _process ??= Process.Start(new ProcessStartInfo(_python.Path, [Script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        if (_process.StandardOutput.ReadLine() is { } answer)
            return JsonNode.Parse(answer)!;
        _process.Dispose();
        _process = null;
        throw new InvalidOperationException("the process ended early; its message is above");
    }
}
