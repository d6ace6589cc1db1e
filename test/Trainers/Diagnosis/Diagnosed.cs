using Microsoft.ML;
using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests.Diagnosis;

/// <summary>Diagnoses of trainers of all tasks.</summary>
internal static class Diagnosed
{
    /// <summary>Options for a training of a fraction of a second that learns what there is.</summary>
    public static DeepMlpOptions Options { get; } = new()
    {
        NumberEmbedding = null,
        HiddenLayers = [32],
        NumberOfEpochs = 60,
        BatchSize = 32,
        Seed = 1,
        Optimizer = new AdamOptions { LearningRate = 0.01f },
        Engine = new ManagedEngine { Threads = 1 },
    };

    /// <summary>The tasks.</summary>
    public static IEnumerable<string> Tasks => ["Binary", "Multiclass", "Multilabel", "Regression", "Outputs"];

    public static TrainingDiagnosis Of(string task, SuspiciousRow[] rows, DeepMlpOptions? options = null, DiagnosisOptions? diagnosis = null)
    {
        var ml = new MLContext(1);
        return Of(ml, task, SuspiciousRow.Load(ml, rows), options, diagnosis);
    }

    public static TrainingDiagnosis Of(MLContext ml, string task, IDataView data, DeepMlpOptions? options = null, DiagnosisOptions? diagnosis = null)
    {
        options ??= Options;
        return task switch
        {
            "Binary" => ml.BinaryClassification.Trainers.DeepMlp(options with { LabelColumnName = "Truth" }).Diagnose(data, diagnosis),
            "Multiclass" => ml.MulticlassClassification.Trainers.DeepMlp(options with { LabelColumnName = "Class" }).Diagnose(data, diagnosis),
            "Multilabel" => ml.MultilabelClassification.Trainers.DeepMlp(options with { LabelColumnName = "Flags" }).Diagnose(data, diagnosis),
            "Outputs" => ml.Regression.Trainers.DeepMlp(options with { LabelColumnName = "Values" }).Diagnose(data, diagnosis),
            _ => ml.Regression.Trainers.DeepMlp(options with { LabelColumnName = "Value" }).Diagnose(data, diagnosis),
        };
    }

    /// <summary>The names of what is found.</summary>
    public static IEnumerable<string> NamesOf(string task, SuspiciousRow[] rows, DeepMlpOptions? options = null) => Of(task, rows, options).Findings.Select(finding => finding.Name);
}
