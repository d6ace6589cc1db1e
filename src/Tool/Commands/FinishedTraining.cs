using System.CommandLine;
using System.Text.Json.Nodes;
using MLExtensions.Reports;
using MLExtensions.Tuning;

namespace MLExtensions.Tool.Commands;

/// <summary>What follows a training: the model is measured, saved and told of.</summary>
internal static class FinishedTraining
{
    /// <summary>Measures and saves a model.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="input">The rows.</param>
    /// <param name="transformer">The model.</param>
    /// <param name="options">The options.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="console">Where it is shown.</param>
    /// <param name="search">The trials of a search; null for none.</param>
    /// <returns>The result for people and for machines.</returns>
    public static (string Text, JsonObject Json) Save(MLContext ml, TrainingInput input, ITransformer transformer, TrainingOptions options, ParseResult arguments, ToolConsole console, Leaderboard? search = null)
    {
        var model = new ToolModel(transformer, input.Table);
        var evaluation = input.Test is null ? null : Evaluation.Of(ml, model, input.Test);
        model = model with { Table = input.Table with { HeldOut = evaluation?.Values() ?? new Dictionary<string, double>() } };
        foreach (var view in new[] { input.Train, input.Test })
            Unreadable(view, console);
        string? report = options.ReportIn(arguments);
        string? page = report is null ? null : PageOf(input, transformer, search);
        // From here on nothing takes long: files are written all, or none.
        console.Token.ThrowIfCancellationRequested();
        string path = options.OutputIn(arguments);
        ModelArchive.Save(ml, model, path);
        if (report is not null)
            FileReplacement.Write(report, writer => writer.Write(page));
        return (Text(input, transformer, evaluation, path, report), Json(input, transformer, evaluation, path, report));
    }

    /// <summary>Warns of cells that could not be read.</summary>
    public static void Unreadable(TableView? view, ToolConsole console)
    {
        foreach (string line in view?.Unreadable.Lines() ?? [])
            console.Warn(line);
    }

    private static string PageOf(TrainingInput input, ITransformer transformer, Leaderboard? search) => TrainingReport.Create(transformer, input.Test, new ReportOptions
    {
        LabelColumnName = input.Table.Label,
        Search = search,
        Title = $"{input.Table.Label} of {Path.GetFileName(input.Profile.File.Source.Path)}",
    });

    private static string Text(TrainingInput input, ITransformer model, Evaluation? evaluation, string path, string? report)
    {
        string measured = evaluation is null
            ? "No rows were held out: measure the model with mlextensions evaluate on rows that it was not trained on."
            : $"On {Plural.Of(evaluation.Rows, "row", format: "N0")} that {(evaluation.Rows == 1 ? "was" : "were")} held out:{Environment.NewLine}{evaluation.Text()}";
        return $"{path}: predicts '{input.Table.Label}' ({ColumnTable.TaskText(input.Table.Task)}) from {Plural.Of(input.Table.Features.Count(), "column")}; {LastLine(model)}" +
            $"{(report is null ? "" : $"{Environment.NewLine}{report}: the report")}{Environment.NewLine}{Environment.NewLine}{measured}";
    }

    private static string LastLine(ITransformer model)
    {
        var history = model.TrainingHistory();
        return Invariant($"trained on {history.TrainingRows:N0} rows, validated on {history.ValidationRows:N0}, best epoch {history.BestEpoch} of {history.Epochs.Count}");
    }

    private static JsonObject Json(TrainingInput input, ITransformer model, Evaluation? evaluation, string path, string? report)
    {
        var history = model.TrainingHistory();
        return new JsonObject
        {
            ["model"] = path,
            ["report"] = report,
            ["label"] = input.Table.Label,
            ["task"] = ColumnTable.TaskText(input.Table.Task),
            ["columns"] = ColumnTable.Json(input.Profile, input.Table),
            ["rows"] = input.Profile.Rows,
            ["trainingRows"] = history.TrainingRows,
            ["validationRows"] = history.ValidationRows,
            ["epochs"] = history.Epochs.Count,
            ["bestEpoch"] = history.BestEpoch,
            ["heldOut"] = evaluation?.Json(),
        };
    }
}
