namespace MLExtensions.Reports.Page;

/// <summary>The whole page: one file, with style, script and charts in it.</summary>
internal static class ReportPage
{
    // Says to the browser what the page promises: that nothing is fetched.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

    /// <summary>Makes it.</summary>
    public static string Of(ReportFacts facts)
    {
        var sections = ReportSection.All.Where(section => section.IsFor(facts)).ToList();
        string title = facts.Options.Title ?? $"{facts.LabelColumn}: {Task(facts.Network.Task)} with a deep MLP";
        var html = new Html();
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n");
        html.Text("title", title);
        html.Raw($"<style>\n{Resource("page.css")}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n");
        html.Element("header", () =>
        {
            html.Text("h1", title);
            html.Element("nav aria-label=\"Sections\"", () => html.Element("ul", () =>
            {
                foreach (var section in sections)
                    html.Raw($"<li><a href=\"#{section.Id}\">{Html.Encode(section.Title)}</a></li>\n");
            }));
        });
        html.Element("main id=\"main\"", () =>
        {
            html.Element("div class=\"verdict\"", () =>
            {
                foreach (string sentence in Verdict.Of(facts))
                    html.Text("p", sentence);
            });
            foreach (var section in sections)
            {
                html.Element($"section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\"", () =>
                {
                    html.Text($"h2 id=\"{section.Id}-title\"", section.Title);
                    section.Write(html, facts);
                });
            }
        });
        html.Element("footer", () => html.Text("p", $"Made by MLExtensions. Charts by Chart.js, MIT licence. {facts.History.Software}"));
        html.Raw($"<script>{Resource("chart.js")}</script>\n<script>{Resource("page.js")}</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static string Task(LossTasks task) => task switch
    {
        LossTasks.BinaryClassification => "classification in two classes",
        LossTasks.MulticlassClassification => "classification in several classes",
        LossTasks.MultilabelClassification => "classification with several labels",
        _ => "regression",
    };

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
