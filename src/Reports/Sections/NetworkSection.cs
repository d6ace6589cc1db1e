namespace MLExtensions.Reports.Sections;

/// <summary>The layers, and what trained them.</summary>
internal sealed class NetworkSection() : ReportSection("network", "Network and training")
{
    public override bool IsFor(ReportFacts facts) => true;

    public override void Write(Html html, ReportFacts facts)
    {
        var (network, history) = (facts.Network.Model.Network, facts.History);
        html.Table("Layers", ["layer", "what it is"], network.Layers.Index().Select(item => (string[])[Invariant($"{item.Index}"), item.Item.ToString()!]));
        html.Table("Training", ["what", "value"],
        [
            ["parameters", Numbers.Count(new ParameterLayout(network).TrainedLength)],
            ["features", Numbers.Count(facts.Network.Model.FeatureCount)],
            ["rows trained on", Numbers.Count(history.TrainingRows)],
            ["rows validated on", Numbers.Count(history.ValidationRows)],
            ["time", Numbers.Time(history.Epochs.LastOrDefault()?.Seconds ?? 0)],
            ["engine", history.Engine],
            ["seed", Invariant($"{history.Seed}")],
            ["software", history.Software.Length > 0 ? history.Software : "not kept"],
        ]);
    }
}
