using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MLExtensions.Samples.Tests;

/// <summary>The sample WebService at work, until disposed.</summary>
internal sealed class WebServiceRun : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client = new();

    /// <summary>Starts it on a free port, and waits until it listens.</summary>
    public WebServiceRun(string model)
    {
        _process = SampleRun.Start("WebService", "--model", model, "--urls", "http://127.0.0.1:0");
        var lines = new StringBuilder();
        while (_client.BaseAddress is null && _process.StandardOutput.ReadLine() is { } line)
        {
            lines.AppendLine(line);
            if (Regex.Match(line, "Now listening on: (.*)") is { Success: true } listening)
                _client.BaseAddress = new Uri(listening.Groups[1].Value);
        }
        _client.BaseAddress.Should().NotBeNull("it should listen, and printed {0}", lines);

        // What it prints of requests is read away, lest its pipe be full.
        _ = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>The answer to a row, or the number of the status that refuses it.</summary>
    public string Post(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = _client.PostAsync(new Uri("income", UriKind.Relative), content).GetAwaiter().GetResult();
        return response.IsSuccessStatusCode ? response.Content.ReadAsStringAsync().GetAwaiter().GetResult() : ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What an address answers, whatever its status.</summary>
    public string Get(string address)
    {
        using var response = _client.GetAsync(new Uri(address, UriKind.Relative)).GetAwaiter().GetResult();
        return response.Content.ReadAsStringAsync().GetAwaiter().GetResult();
    }

    /// <summary>Posts a row again and again until told to stop; gives the answers in order, of which any but a success is an exception.</summary>
    public async Task<List<string>> PostUntil(string json, CancellationToken stop)
    {
        var answers = new List<string>();
        while (!stop.IsCancellationRequested)
        {
            using var content = new StringContent(json, Encoding.UTF8, "application/json");
            using var response = await _client.PostAsync(new Uri("income", UriKind.Relative), content, CancellationToken.None);
            answers.Add(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(CancellationToken.None));
        }
        return answers;
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
