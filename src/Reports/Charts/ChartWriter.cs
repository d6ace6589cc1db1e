using System.Text.Json;

namespace MLExtensions.Reports.Charts;

/// <summary>Writes charts: a canvas, the numbers as JSON for the script of the page, and a table for those who do not see it.</summary>
internal static class ChartWriter
{
    // A table of more rows is read by nobody, and CSV files of the history have them all.
    private const int MostRows = 60;

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default };

    /// <summary>Writes a chart.</summary>
    /// <param name="html">Receives it.</param>
    /// <param name="chart">The chart.</param>
    public static void Write(Html html, Chart chart) => html.Element("figure", () =>
    {
        string id = html.NewId("chart");
        html.Text("figcaption", chart.Title);
        if (chart.Note.Length > 0)
            html.Text("p class=\"note\"", chart.Note);
        int height = chart.Kind == ChartKind.Bars ? 60 + 28 * chart.Categories.Count : 320;
        html.Raw(Invariant($"<div class=\"chart\" style=\"height:{height}px\"><canvas id=\"{id}\" role=\"img\" aria-label=\"{Html.Encode(chart.Title)}: the numbers are in the table below\"></canvas></div>\n"));
        html.Raw($"<script type=\"application/json\" data-chart=\"{id}\">{Json(chart)}</script>\n");
        html.Element("details", () =>
        {
            html.Text("summary", "Numbers");
            WriteTable(html, chart);
        });
    });

    // The default encoder leaves no < in the text, so that no value ends the script.
    private static string Json(Chart chart) => JsonSerializer.Serialize(new
    {
        kind = chart.Kind.ToString(),
        x = chart.X,
        y = chart.Y,
        logarithmic = chart.IsLogarithmic,
        logarithmicX = chart.IsLogarithmicX,
        categories = chart.Categories,
        mark = chart.Mark,
        markName = chart.MarkName,
        series = chart.Series.Select(series => new
        {
            name = series.Name,
            dashed = series.IsDashed,
            x = series.X,
            y = series.Y.Select(value => double.IsFinite(value) ? value : (double?)null),
            margins = series.Margins?.Select(value => double.IsFinite(value) ? value : (double?)null),
        }),
    }, s_options);

    private static void WriteTable(Html html, Chart chart)
    {
        if (chart.Kind == ChartKind.Bars)
        {
            bool margins = chart.Series[0].Margins is not null;
            html.Table(chart.Title, [chart.X, .. chart.Series.SelectMany(series => margins ? new[] { series.Name, "±" } : [series.Name])],
                chart.Categories.Select((name, i) => (string[])[name, .. chart.Series.SelectMany(series => margins ? new[] { Numbers.Short(series.Y[i]), Numbers.Short(series.Margins![i]) } : [Numbers.Short(series.Y[i])])]));
            return;
        }
        if (chart.Kind == ChartKind.Parallel)
        {
            var lines = chart.Series.SelectMany(series => series.Y.Chunk(chart.Categories.Count + 1).Select(line => (string[])[series.Name, .. line.Take(chart.Categories.Count).Select(place => Numbers.Short(place))])).ToList();
            html.Table(Caption(chart, lines.Count), [chart.X, .. chart.Categories], Some(lines.Count).Select(i => lines[i]));
            return;
        }
        if (chart.Series.All(series => series.X.SequenceEqual(chart.Series[0].X)))
        {
            var places = Some(chart.Series[0].X.Count);
            html.Table(Caption(chart, chart.Series[0].X.Count), [chart.X, .. chart.Series.Select(series => series.Name)],
                places.Select(i => (string[])[Numbers.Short(chart.Series[0].X[i]), .. chart.Series.Select(series => Numbers.Short(series.Y[i]))]));
            return;
        }
        foreach (var series in chart.Series)
        {
            html.Table(Caption(chart, series.X.Count) + ": " + series.Name, [chart.X, chart.Y],
                Some(series.X.Count).Select(i => (string[])[Numbers.Short(series.X[i]), Numbers.Short(series.Y[i])]));
        }
    }

    private static string Caption(Chart chart, int count) => count <= MostRows ? chart.Title : Invariant($"{chart.Title}, {MostRows} of {count} points");

    private static IEnumerable<int> Some(int count) => count <= MostRows
        ? Enumerable.Range(0, count)
        : Enumerable.Range(0, MostRows).Select(i => (int)((long)i * (count - 1) / (MostRows - 1)));
}
