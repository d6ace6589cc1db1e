namespace MLExtensions.Reports.Sections;

/// <summary>The options of the training, those that differ from the defaults first.</summary>
internal sealed class OptionSection() : ReportSection("options", "Options")
{
    public override bool IsFor(ReportFacts facts) => facts.History.Options.Count > 0;

    public override void Write(Html html, ReportFacts facts)
    {
        var options = facts.History.Options;
        var changed = options.Where(option => !option.IsDefault).ToList();
        html.Element("div class=\"words\"", () =>
        {
            if (changed.Count == 0)
                html.Text("p", "All options are the defaults.");
            else
                html.Table("Those that differ from the defaults", ["option", "value"], changed.Select(Row));
            html.Element("details", () =>
            {
                html.Text("summary", Invariant($"The {options.Count - changed.Count} others, at their defaults"));
                html.Table("The others", ["option", "value"], options.Where(option => option.IsDefault).Select(Row));
            });
        });
    }

    private static string[] Row(OptionValue option) => [option.Name, option.Value];
}
