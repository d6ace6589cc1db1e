namespace MLExtensions.Reports.Sections;

/// <summary>What a diagnosis of the trainer found, and what it measured.</summary>
internal sealed class DiagnosisSection() : ReportSection("diagnosis", "Diagnosis")
{
    public override bool IsFor(ReportFacts facts) => facts.Options.Diagnosis is not null;

    public override void Write(Html html, ReportFacts facts)
    {
        var diagnosis = facts.Options.Diagnosis!;
        html.Text("p", diagnosis.Findings.Count == 0
            ? "Nothing suspicious was found about data, options and network."
            : diagnosis.Findings.Count == 1 ? "One finding:" : Invariant($"{diagnosis.Findings.Count} findings, the gravest first:"));
        foreach (var finding in diagnosis.Findings)
        {
            html.Text("h3", $"{finding.Name} ({finding.Severity.ToString().ToLowerInvariant()})");
            html.Text("p", $"{char.ToUpperInvariant(finding.Evidence[0])}{finding.Evidence[1..]}");
            html.Text("p", finding.Advice);
        }
        if (diagnosis.Measures.Count > 0)
            html.Element("div class=\"words\"", () => html.Table("What was measured", ["what", "value"], diagnosis.Measures.Select(measure => (string[])[measure.Name, measure.Value])));
    }
}
