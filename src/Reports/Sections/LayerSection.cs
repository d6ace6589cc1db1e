namespace MLExtensions.Reports.Sections;

/// <summary>What the layers were like, epoch by epoch, where the training was asked for it.</summary>
internal sealed class LayerSection() : ReportSection("layers", "Layers while training")
{
    // More lines are not told apart, and the table has all layers.
    private const int AtEachEnd = 6;

    public override bool IsFor(ReportFacts facts) => facts.History.Epochs.Any(epoch => epoch.Layers is not null);

    public override void Write(Html html, ReportFacts facts)
    {
        var history = facts.History;
        html.Text("p", $"Measured after each epoch on some of the training rows, without dropout{(history.Members.Count > 0 ? ", of the first network of the ensemble" : "")}. " +
            "Layers of one network should not differ by orders of magnitude; gradients that grow or shrink from layer to layer, or updates far from a thousandth of the weights, call for another initialization, normalization or LearningRate.");
        Charts(html, ChartsOf(history));
        var layers = history.Epochs.SelectMany(epoch => epoch.Layers ?? []).ToList();
        if (!layers.Exists(layer => layer.DeadShare > 0 || layer.SaturatedShare > 0) && layers.Exists(layer => layer.DeadShare is not null || layer.SaturatedShare is not null))
            html.Text("p", "No unit of an activation was dead or saturated in any epoch.");
        var last = facts.BestEpoch is { Layers: not null } best ? best : history.Epochs.Last(epoch => epoch.Layers is not null);
        html.Table(Invariant($"Layers after epoch {last.Epoch}"),
            ["layer", "gradient norm", "weight norm", "update ratio", "mean", "deviation", "dead", "saturated"], last.Layers!.Select(layer => (string[])[
                layer.Name, Numbers.Short(layer.GradientNorm), Numbers.Short(layer.WeightNorm), Numbers.Short(layer.UpdateRatio), Numbers.Short(layer.ActivationMean),
                Numbers.Short(layer.ActivationDeviation), Numbers.Percent(layer.DeadShare ?? double.NaN), Numbers.Percent(layer.SaturatedShare ?? double.NaN)]));
    }

    private static IEnumerable<Chart> ChartsOf(TrainingHistory history)
    {
        Chart?[] charts =
        [
            Of(history, "Update ratio", "‖change‖ / ‖parameters‖", layer => layer.UpdateRatio, "By how much the last step of each epoch changed the parameters of a layer. About 0.001 is healthy while it learns.", healthy: 0.001),
            Of(history, "Gradient norm", "‖gradient‖", layer => layer.GradientNorm, "The gradient of the mean loss, over all parameters of a layer."),
            Of(history, "Weight norm", "‖parameters‖", layer => layer.WeightNorm, ""),
            Of(history, "Dead units", "units in %", layer => 100 * layer.DeadShare, "Units that none of the measured rows gets a gradient through: most of them have stopped learning.", isShare: true),
            Of(history, "Saturated units", "units in %", layer => 100 * layer.SaturatedShare, "Units that are near a limit of their function for nearly all rows: they learn slowly.", isShare: true),
        ];
        return charts.OfType<Chart>();
    }

    private static Chart? Of(TrainingHistory history, string title, string axis, Func<LayerStatistics, double?> of, string note, bool isShare = false, double? healthy = null)
    {
        double[] epochs = [.. history.Epochs.Select(epoch => (double)epoch.Epoch)];
        var series = history.Epochs.First(epoch => epoch.Layers is not null).Layers!
            .Select(layer => new ChartSeries(layer.Name, epochs, [.. history.Epochs.Select(epoch => epoch.Layers?.FirstOrDefault(other => other.Name == layer.Name) is { } own ? of(own) ?? double.NaN : double.NaN)]))
            .Where(line => line.Y.Any(double.IsFinite)).ToList();
        var values = series.SelectMany(line => line.Y).Where(value => double.IsFinite(value) && value > 0).ToList();
        if (series.Count == 0 || isShare && values.Count == 0)
            return null;

        bool isCut = series.Count > 2 * AtEachEnd;
        if (isCut)
            series = [.. series.Take(AtEachEnd), .. series.TakeLast(AtEachEnd)];
        if (healthy is { } level)
            series.Add(new ChartSeries("healthy", epochs, [.. epochs.Select(_ => level)]) { IsDashed = true });
        return new Chart(title, ChartKind.Line, "epoch", axis, series)
        {
            Mark = history.ValidationRows > 0 ? history.BestEpoch : null,
            MarkName = Invariant($"best, epoch {history.BestEpoch}"),
            IsLogarithmic = !isShare && values.Count > 0 && values.Max() / values.Min() > 30,
            Note = note + (isCut ? Invariant($" The first {AtEachEnd} and the last {AtEachEnd} layers.") : ""),
        };
    }
}
