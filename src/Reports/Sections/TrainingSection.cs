namespace MLExtensions.Reports.Sections;

/// <summary>The learning curves, the metric and the learning rate over the epochs.</summary>
internal sealed class TrainingSection() : ReportSection("training", "Training")
{
    public override bool IsFor(ReportFacts facts) => facts.History.Epochs.Count > 0;

    public override void Write(Html html, ReportFacts facts)
    {
        var history = facts.History;
        var first = history.Members.Count > 0 ? history.Members : [history];
        if (history.LeftOut.Count > 0)
            html.Text("p", Invariant($"{Plural.Of(history.LeftOut.Count, "member")} more {(history.LeftOut.Count == 1 ? "was" : "were")} trained and left out, since the mean of the others is better on rows that were held out."));
        if (history.Members.Count > 1)
            html.Text("p", Invariant($"An ensemble of {history.Members.Count} networks. The first chart is of the first; the others are below it."));
        Charts(html, ChartsOf(first[0]));
        if (history.Refit is { } refit)
        {
            html.Text("h3", "Trained again on all rows");
            Charts(html, [Loss(refit, "Training loss of the second training")]);
        }
        if (history.Members.Count > 1)
        {
            html.Text("h3", "The other networks of the ensemble");
            html.Table("Members", ["member", "epochs", "best epoch", "validation loss", history.MetricName, "time"], history.Members.Index().Select(item =>
            {
                var best = item.Item.BestEpoch > 0 ? item.Item.Epochs[item.Item.BestEpoch - 1] : null;
                return (string[])[Invariant($"{item.Index + 1}"), Numbers.Count(item.Item.Epochs.Count), Numbers.Count(item.Item.BestEpoch), Numbers.Short(best?.ValidationLoss),
                    Numbers.Short(best?.ValidationMetric), Numbers.Time(item.Item.Epochs.LastOrDefault()?.Seconds ?? 0)];
            }));
        }
    }

    private static IEnumerable<Chart> ChartsOf(TrainingHistory history)
    {
        yield return Loss(history, "Learning curves");
        double[] epochs = [.. history.Epochs.Select(epoch => (double)epoch.Epoch)];
        if (history.Epochs.Any(epoch => epoch.ValidationMetric is not null))
        {
            string name = Capital(history.MetricName);
            yield return new Chart($"{name} of the validation rows", ChartKind.Line, "epoch", name, [new(name, epochs, [.. history.Epochs.Select(epoch => epoch.ValidationMetric ?? double.NaN)])])
            {
                Mark = history.BestEpoch,
                MarkName = Invariant($"best, epoch {history.BestEpoch}"),
            };
        }
        double[] rates = [.. history.Epochs.Select(epoch => (double)epoch.LearningRate)];
        if (rates.Distinct().Count() > 1)
            yield return new Chart("Learning rate", ChartKind.Line, "epoch", "learning rate", [new("Learning rate", epochs, rates)]) { Note = "The rate of the last step of each epoch." };
    }

    private static Chart Loss(TrainingHistory history, string title)
    {
        double[] epochs = [.. history.Epochs.Select(epoch => (double)epoch.Epoch)];
        double[] training = [.. history.Epochs.Select(epoch => epoch.TrainingLoss)];
        double[] validation = [.. history.Epochs.Select(epoch => epoch.ValidationLoss ?? double.NaN)];
        var values = training.Concat(validation).Where(double.IsFinite).ToList();
        bool hasValidation = validation.Any(double.IsFinite);
        return new Chart(title, ChartKind.Line, "epoch", "loss", hasValidation ? [new("Training loss", epochs, training), new("Validation loss", epochs, validation)] : [new("Training loss", epochs, training)])
        {
            Mark = hasValidation ? history.BestEpoch : null,
            MarkName = Invariant($"best, epoch {history.BestEpoch}"),
            IsLogarithmic = values.Count > 0 && values.Min() > 0 && values.Max() / values.Min() > 30,
            Note = hasValidation ? "The training loss is measured while training, with dropout on, before each update: it may lie above the other without harm." : "",
        };
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
