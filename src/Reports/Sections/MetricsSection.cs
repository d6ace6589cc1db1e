using System.Reflection;

namespace MLExtensions.Reports.Sections;

/// <summary>What ML.NET's own evaluators say of the data.</summary>
internal sealed class MetricsSection() : ReportSection("metrics", "How good the model is")
{
    public override bool IsFor(ReportFacts facts) => facts.Rows is not null;

    public override void Write(Html html, ReportFacts facts)
    {
        var ml = new MLContext();
        var (scored, label, rows) = (facts.Scored!, facts.LabelColumn, facts.Rows!);
        object metrics = facts.Network.Task switch
        {
            LossTasks.BinaryClassification => ml.BinaryClassification.Evaluate(scored, label),
            LossTasks.MulticlassClassification => ml.MulticlassClassification.Evaluate(scored, label),
            LossTasks.MultilabelClassification => ml.MultilabelClassification.Evaluate(scored, label),
            _ when facts.Network.Model is DeepMlpRegressionModelParameters { IsVector: true, Quantiles: null } => ml.Regression.EvaluateOutputs(scored, label),
            _ when facts.Network.Model is DeepMlpRegressionModelParameters { Quantiles: null } => ml.Regression.Evaluate(scored, label),
            _ => new { },
        };
        html.Text("p", Invariant($"Measured on {Numbers.Count(rows.Count)} rows of the data given, {(facts.Network.Task == LossTasks.Regression ? "in units of the label" : "by ML.NET's evaluators")}.") +
            (rows.WithoutLabel > 0 ? Invariant($" {Numbers.Count(rows.WithoutLabel)} rows without a label, or with one unknown to the training, are left out.") : ""));
        html.Table("Metrics", ["metric", "value"], metrics.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType == typeof(double)).Select(property => (string[])[Words(property.Name) + (property.Name is "LogLoss" or "Entropy" && facts.Network.Task == LossTasks.BinaryClassification ? " (bits)" : ""), Numbers.Short((double)property.GetValue(metrics)!)]));
    }

    // AreaUnderRocCurve: area under ROC curve.
    private static string Words(string name) => string.Concat(name.Select((letter, i) =>
        i > 0 && char.IsUpper(letter) && (char.IsLower(name[i - 1]) || i + 1 < name.Length && char.IsLower(name[i + 1])) ? " " + char.ToLowerInvariant(letter) : i > 0 ? char.ToLowerInvariant(letter).ToString() : letter.ToString())).Replace(" roc ", " ROC ", StringComparison.Ordinal);
}
