using MLExtensions.Networks.Metrics;
using MLExtensions.Networks.Scoring;

namespace MLExtensions.Tuning.Running;

/// <summary>What a search makes better.</summary>
/// <param name="Metric">What is measured on scores and labels; null where a view is measured.</param>
/// <param name="View">What is measured on scored rows; null where scores and labels are.</param>
internal sealed record Objective(ValidationMetric? Metric, ViewMetric? View)
{
    public string Name => View?.Name ?? Metric!.Name;

    public bool HigherIsBetter => View?.HigherIsBetter ?? Metric!.HigherIsBetter;

    /// <summary>The objective that options ask for, or else that of the task.</summary>
    public static Objective Of(TuningOptions options, LossTasks task, Loss? loss) => new(options.ViewMetric is not null ? null : options.Metric ?? (task, loss) switch
    {
        (LossTasks.Regression, QuantileLoss quantile) => new PinballLossMetric(quantile.Quantiles),
        (LossTasks.Regression, _) => ValidationMetric.RootMeanSquaredError,
        _ => ValidationMetric.LogLoss,
    }, options.ViewMetric);

    /// <summary>Measures a model on the rows of its fold that it was not trained on.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="score">Scores a view with the model.</param>
    public double Measure(DeepMlpModelParameters model, PreparedRows rows, Func<IDataView, IDataView> score)
    {
        if (View is not null)
            return View.Function(score(rows.Validation));

        var data = rows.Rows.Data;
        int[] validation = rows.Split.Validation;
        var scored = HeldOutRows.Score(model.Network, model.Weights, data, validation);
        float[] labels = new float[validation.Length * data.TargetCount];
        float[] weights = new float[validation.Length];
        for (int i = 0; i < validation.Length; i++)
        {
            model.FinishScores(scored[i]);
            data.Targets.AsSpan(validation[i] * data.TargetCount, data.TargetCount).CopyTo(labels.AsSpan(i * data.TargetCount));
            weights[i] = data.Weights?[validation[i]] ?? 1;
        }
        return Metric!.Measure(scored.Outputs, labels, weights);
    }

    /// <summary>What a value is as a loss: lower is better.</summary>
    public double LossOf(double value) => HigherIsBetter ? -value : value;
}
