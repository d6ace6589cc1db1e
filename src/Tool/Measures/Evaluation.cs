using System.Text.Json.Nodes;

namespace MLExtensions.Tool.Measures;

/// <summary>How good a model is on rows, by ML.NET's evaluators.</summary>
/// <param name="Measures">The numbers, the most telling first.</param>
/// <param name="Rows">How many rows were measured.</param>
/// <param name="Confusion">Which classes were taken for which, as a table; null for numbers and for many classes.</param>
internal sealed record Evaluation(IReadOnlyList<Measure> Measures, long Rows, string? Confusion)
{
    private const int MostClassesShown = 12;

    /// <summary>Measures a model.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="view">Rows with the label.</param>
    /// <exception cref="ToolException">The rows have no label that is known, or one class only.</exception>
    public static Evaluation Of(MLContext ml, ToolModel model, TableView view)
    {
        var scored = model.Transformer.Transform(view);
        var evaluation = model.Table.Task switch
        {
            TableTask.Binary => Binary(ml, scored, model),
            TableTask.Multiclass => Multiclass(ml, scored, model),
            _ => Regression(ml, scored, model),
        };
        return evaluation.Measures.All(measure => double.IsNaN(measure.Value))
            ? throw NoLabels(model)
            : evaluation;
    }

    /// <summary>For people.</summary>
    public string Text()
    {
        string[][] lines = [.. Measures.Select(measure => new[] { measure.Name, NumberText.Of(measure.Value), measure.Remark is null ? "" : $"({measure.Remark})" })];
        int name = lines.Max(line => line[0].Length);
        int value = lines.Max(line => line[1].Length);
        string text = string.Join(Environment.NewLine, lines.Select(line => $"{line[0].PadRight(name)}  {line[1].PadLeft(value)}  {line[2]}".TrimEnd()));
        return Confusion is null ? text : $"{text}{Environment.NewLine}{Environment.NewLine}{Confusion}";
    }

    /// <summary>For machines: what cannot be measured is null.</summary>
    public JsonObject Json()
    {
        var json = new JsonObject { ["rows"] = Rows };
        foreach (var measure in Measures)
            json[measure.Key] = double.IsFinite(measure.Value) ? measure.Value : null;
        return json;
    }

    /// <summary>The numbers by name, of those that could be measured.</summary>
    public IReadOnlyDictionary<string, double> Values() => Measures.Where(measure => double.IsFinite(measure.Value)).ToDictionary(measure => measure.Key, measure => measure.Value);

    private static Evaluation Binary(MLContext ml, IDataView scored, ToolModel model)
    {
        CalibratedBinaryClassificationMetrics metrics;
        try
        {
            metrics = ml.BinaryClassification.Evaluate(scored, model.Table.Label);
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or InvalidOperationException)
        {
            throw new ToolException($"The rows have no label '{model.Table.Label}' that the model knows, or only one of '{string.Join("' and '", model.Classes)}': expected rows of both to measure it.", exception);
        }
        var confusion = metrics.ConfusionMatrix;
        return new(
        [
            new("accuracy", "accuracy", metrics.Accuracy, Most(confusion.Counts)),
            new("areaUnderRocCurve", "area under the ROC curve", metrics.AreaUnderRocCurve, "0.5 by chance"),
            new("areaUnderPrecisionRecallCurve", "area under precision-recall", metrics.AreaUnderPrecisionRecallCurve),
            new("f1", $"F1 of '{model.PositiveLabel}'", metrics.F1Score),
            new("logLoss", "log-loss (bits)", metrics.LogLoss),
        ], Count(confusion.Counts), ConfusionText(Reversed(confusion.Counts), model.Classes));
    }

    private static Evaluation Multiclass(MLContext ml, IDataView scored, ToolModel model)
    {
        MulticlassClassificationMetrics metrics;
        try
        {
            metrics = ml.MulticlassClassification.Evaluate(scored, model.Table.Label);
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or InvalidOperationException)
        {
            throw NoLabels(model, exception);
        }
        var counts = metrics.ConfusionMatrix.Counts;
        if (Count(counts) == 0)
            throw NoLabels(model);
        return new(
        [
            new("accuracy", "accuracy", metrics.MicroAccuracy, Most(counts)),
            new("macroAccuracy", "mean accuracy of the classes", metrics.MacroAccuracy),
            new("logLoss", "log-loss (nats)", metrics.LogLoss),
        ], Count(counts), model.Classes.Count <= MostClassesShown ? ConfusionText(counts, model.Classes) : null);
    }

    private static Evaluation Regression(MLContext ml, IDataView scored, ToolModel model)
    {
        long rows = 0;
        // ML.NET's evaluator counts a missing label as NaN for all.
        var labelled = ml.Data.FilterRowsByMissingValues(scored, model.Table.Label);
        using (var cursor = labelled.GetRowCursor([]))
        {
            while (cursor.MoveNext())
                rows++;
        }
        if (rows == 0)
            throw NoLabels(model);
        var metrics = ml.Regression.Evaluate(labelled, model.Table.Label);
        double mean = metrics.RSquared < 1 ? metrics.RootMeanSquaredError / Math.Sqrt(1 - metrics.RSquared) : double.NaN;
        return new(
        [
            new("rootMeanSquaredError", "root mean squared error", metrics.RootMeanSquaredError, double.IsFinite(mean) ? $"the mean of all rows: {NumberText.Of(mean)}" : null),
            new("meanAbsoluteError", "mean absolute error", metrics.MeanAbsoluteError),
            new("rSquared", "R²", metrics.RSquared, "1 at best, 0 for the mean of all rows"),
        ], rows, null);
    }

    private static ToolException NoLabels(ToolModel model, Exception? inner = null) =>
        new($"No row has a label '{model.Table.Label}' that the model knows{(model.Classes.Count > 0 ? $" ({TableFile.ListOf(model.Classes)})" : "")}: expected rows with the label to measure it.", inner);

    private static string Most(IReadOnlyList<IReadOnlyList<double>> counts) => $"the most frequent class alone: {NumberText.Of(counts.Max(row => row.Sum()) / Count(counts))}";

    private static long Count(IReadOnlyList<IReadOnlyList<double>> counts) => (long)counts.Sum(row => row.Sum());

    // ML.NET has the positive class first, the model last.
    private static double[][] Reversed(IReadOnlyList<IReadOnlyList<double>> counts) => [.. counts.Reverse().Select(row => row.Reverse().ToArray())];

    private static string? ConfusionText(IReadOnlyList<IReadOnlyList<double>> counts, IReadOnlyList<string> classes) => counts.Count != classes.Count ? null :
        TextTable.Of([["rows that are", .. classes.Select(name => $"taken for {name}")], .. counts.Select((row, index) => (string[])[classes[index], .. row.Select(NumberText.Whole)])], leftColumns: 1).TrimEnd();
}
