using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.ML;
using Microsoft.Playwright;
using MLExtensions.TestSupport;

namespace MLExtensions.Reports.Tests;

/// <summary>Reports in a browser: on a phone and on a desk, light and dark.</summary>
[TestClass]
public sealed class PageTests
{
    [TestMethod]
    public async Task Save_EveryTask_OpensWithoutTroubleAndIsLegible()
    {
        await using var browser = await Browser.StartAsync();
        using var folder = new TestFolder();
        foreach (var (index, task) in Models.Tasks.Index())
        {
            var ml = new MLContext(1);
            var rows = Models.Rows(ml);
            string path = folder.File(task + ".html");
            TrainingReport.Save(path, Models.Fit(ml, task, rows).Model, rows);

            var (page, troubles) = await browser.OpenAsync(path, 360, index % 2 == 0 ? ColorScheme.Light : ColorScheme.Dark);
            troubles.Should().BeEmpty(task);
            await ShouldShowNumbersAsync(page, task);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(element => element.open = true)");
            foreach (int width in new[] { 1280, 360 })
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.WaitForFunctionAsync("width => document.documentElement.scrollWidth <= width", width);
            }
            if (task is "Multiclass" or "Regression" or "Layers")
            {
                var axe = await page.RunAxe();
                axe.Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}").Should().BeEmpty($"{task} is for everyone");
            }
            await page.CloseAsync();
        }
    }

    [TestMethod]
    public async Task Save_Charts_FollowTheColoursOfTheSystem()
    {
        await using var browser = await Browser.StartAsync();
        using var folder = new TestFolder();
        var ml = new MLContext(1);
        var rows = Models.Rows(ml);
        string path = folder.File("report.html");
        TrainingReport.Save(path, Models.Fit(ml, "Regression", rows).Model, rows);

        var (page, _) = await browser.OpenAsync(path, 800, ColorScheme.Light);
        string light = await ColourAsync(page);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });

        await page.WaitForFunctionAsync("before => window.reportCharts[0].data.datasets[0].borderColor !== before", light);
    }

    [TestMethod]
    public async Task Save_ScreenReader_IsToldAnOutlineAndTheNamesOfTablesAndCharts()
    {
        await using var browser = await Browser.StartAsync();
        using var folder = new TestFolder();
        var ml = new MLContext(1);
        var rows = Models.Rows(ml);
        string path = folder.File("report.html");
        TrainingReport.Save(path, Models.Fit(ml, "Multiclass", rows).Model, rows);
        var (page, _) = await browser.OpenAsync(path, 800, ColorScheme.Light);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(element => element.open = true)");

        string[] heard = (await page.Locator("body").AriaSnapshotAsync()).Split('\n', StringSplitOptions.TrimEntries);

        int[] levels = [.. heard.Select(line => Regex.Match(line, @"^- '?heading "".+"" \[level=(\d)\]")).Where(match => match.Success).Select(match => int.Parse(match.Groups[1].Value))];
        levels.Should().StartWith([1, 2]).And.ContainSingle(level => level == 1);
        levels.Zip(levels.Skip(1), (before, after) => after - before).Should().OnlyContain(step => step <= 1, "no level is left out");
        heard.Should().Contain("- main:").And.Contain(line => line.StartsWith("- navigation", StringComparison.Ordinal));
        heard.Where(line => Regex.IsMatch(line, @"^- '?(table|img)\b")).Should().HaveCountGreaterThan(6).And.OnlyContain(line => Regex.IsMatch(line, @"^- '?(table|img) "".+"""), "each has a name");
    }

    [TestMethod]
    public async Task Save_Keyboard_ReachesContentTablesAndNumbers()
    {
        await using var browser = await Browser.StartAsync();
        using var folder = new TestFolder();
        var ml = new MLContext(1);
        var rows = Models.Rows(ml);
        string path = folder.File("report.html");
        TrainingReport.Save(path, Models.Fit(ml, "Multiclass", rows).Model, rows);
        var (page, _) = await browser.OpenAsync(path, 800, ColorScheme.Light);

        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("document.activeElement.textContent")).Should().Be("Skip to the content");
        var summary = page.Locator("summary").First;
        await summary.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        (await page.EvaluateAsync<bool>("document.activeElement.parentElement.open")).Should().BeTrue();
        (await page.Locator("canvas:not([role=img][aria-label])").CountAsync()).Should().Be(0);
    }

    [TestMethod]
    [DataRow(360)]
    [DataRow(1280)]
    public async Task Save_ASearch_DrawsAnAxisForEachOption(int width)
    {
        await using var browser = await Browser.StartAsync();
        using var folder = new TestFolder();
        var ml = new MLContext(1);
        var result = Models.Search(ml, Models.Rows(ml));
        string path = folder.File("report.html");
        TrainingReport.Save(path, result.Model, options: new ReportOptions { Search = result.Leaderboard });

        var (page, messages) = await browser.OpenAsync(path, width, ColorScheme.Light);

        messages.Should().BeEmpty();
        await ShouldShowNumbersAsync(page, "a search");
        (await page.EvaluateAsync<string[]>("window.reportCharts.find(chart => chart.options.plugins.legend.display && chart.scales.x.max === 2).scales.x.ticks.map(tick => tick.label)")).Should().Equal("LearningRate", "Activation", "RMSE");
    }

    [TestMethod]
    public async Task Save_DiagnosisOnAPhone_BreaksNoWordsAndHidesNoNumbers()
    {
        await using var browser = await Browser.StartAsync();
        using var folder = new TestFolder();
        var ml = new MLContext(1);
        var rows = Models.Rows(ml);
        var trainer = ml.Regression.Trainers.DeepMlp(new() { LabelColumnName = "Value", Seed = 1, HiddenLayers = [16], NumberOfEpochs = 5 });
        string path = folder.File("report.html");
        TrainingReport.Save(path, Models.Fit(ml, "Layers", rows).Model, options: new ReportOptions { Diagnosis = trainer.Diagnose(rows) });

        var (page, _) = await browser.OpenAsync(path, 360, ColorScheme.Light);

        (await page.EvaluateAsync<int>("document.querySelector('#diagnosis .scroll').scrollWidth - document.querySelector('#diagnosis .scroll').clientWidth")).Should().BeLessThanOrEqualTo(0);
        foreach (string section in new[] { "diagnosis", "layers" })
        {
            (await page.EvaluateAsync<double>($"Math.min(...[...document.querySelectorAll('#{section} th[scope=row]')].filter(cell => cell.offsetParent).map(cell => cell.clientWidth))"))
                .Should().BeGreaterThan(60, $"rows of {section} have names that can be read");
        }
        (await page.EvaluateAsync<double[]>("window.reportCharts.find(chart => chart.scales.x.type === 'logarithmic').scales.x.ticks.map(tick => Math.log10(tick.value))"))
            .Should().HaveCountGreaterThan(1).And.OnlyContain(power => Math.Abs(power - Math.Round(power)) < 1e-6);
    }

    private static Task<string> ColourAsync(IPage page) => page.EvaluateAsync<string>("window.reportCharts[0].data.datasets[0].borderColor");

    // Every chart, every colour of it, has at least one finite number, and is drawn with a size.
    private static async Task ShouldShowNumbersAsync(IPage page, string task)
    {
        var counts = await page.EvaluateAsync<JsonElement>("""
            window.reportCharts.map(chart => [chart.width, chart.height, ...chart.data.datasets.map(set => set.data.filter(value => Number.isFinite(value?.y ?? value)).length)])
            """);
        int charts = await page.Locator("canvas").CountAsync();
        counts.GetArrayLength().Should().Be(charts).And.BeGreaterThan(1);
        counts.EnumerateArray().SelectMany(chart => chart.EnumerateArray().Select(number => number.GetDouble())).Should().OnlyContain(number => number > 0, $"charts of {task} show numbers");
    }
}
