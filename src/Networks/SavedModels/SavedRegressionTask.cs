using MLExtensions.Archives;

namespace MLExtensions.Networks.SavedModels;

/// <summary>One or several numbers, or quantiles of one.</summary>
internal sealed class SavedRegressionTask : SavedTask
{
    private readonly LabelScaling _scaling;
    private readonly LabelScaling _withoutLimits;
    private readonly IReadOnlyList<float>? _quantiles;
    private readonly SavedInterval? _interval;

    public SavedRegressionTask(SavedNetwork saved, TensorSet tensors)
    {
        var regression = saved.Regression ?? throw new FormatException("a regression model needs its Regression part");
        int labels = LabelsOf(regression, saved.Network);
        _scaling = new LabelScaling(tensors.TakeDoubles("label.means", labels), tensors.TakeDoubles("label.standard_deviations", labels),
            tensors.TakeDoubles("label.minima", labels), tensors.TakeDoubles("label.maxima", labels), regression.ClampScores)
        {
            Transform = regression.LabelTransform,
            HasLogLink = regression.LogLink,
        };
        _scaling.Check();
        regression.Interval?.Check(labels);
        _withoutLimits = _scaling with { Clamp = false };
        (_quantiles, _interval, LabelColumn) = (regression.Quantiles, regression.Interval, saved.LabelColumn);
        Names = _quantiles?.Select(QuantileLoss.NameOf).ToArray();
    }

    public override ModelTask Task => ModelTask.Regression;

    public override string? LabelColumn { get; }

    public override IReadOnlyList<string>? Names { get; }

    public override void Finish(Span<float> outputs) => _scaling.ToScores(outputs, _quantiles is not null);

    // Members that a limit stops at the same value would look as if they agreed.
    public override void FinishMember(Span<float> outputs) => _withoutLimits.ToScores(outputs, _quantiles is not null);

    public override (float Lower, float Upper)? IntervalOf(ReadOnlySpan<float> scores, int label)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, _scaling.Labels);

        return _interval is null ? null : ScoreBounds.Around(_scaling, _quantiles?.Count > 1, _interval.Margins[label], scores, label);
    }

    /// <summary>The number of labels: one for each output, but one for all quantiles.</summary>
    private static int LabelsOf(SavedRegression regression, NetworkDescription network)
    {
        if (regression.Quantiles is not { } quantiles)
        {
            return regression.VectorLabel || network.Outputs == 1 ? network.Outputs
                : throw new FormatException($"a network of {network.Outputs} outputs does not fit a score of one number");
        }
        return QuantileLoss.AreQuantiles(quantiles) && quantiles.Count == network.Outputs
            ? 1
            : throw new FormatException($"{Plural.Of(quantiles.Count, "quantile")} do not fit {Plural.Of(network.Outputs, "output")}, or are not ascending between 0 and 1");
    }
}
