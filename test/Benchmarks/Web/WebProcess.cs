using System.Diagnostics;
using System.Text;

namespace MLExtensions.Benchmarks.Web;

/// <summary>The sample's server as a process of its own, until disposed.</summary>
internal sealed class WebProcess : IDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue });

    /// <summary>Starts it on a free port, and waits until it listens.</summary>
    public WebProcess(string program, string model)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, "--model", model, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Microsoft.AspNetCore=Warning"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        })!;
        while (_client.BaseAddress is null)
        {
            string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The service ended before it listened.");
            int place = line.IndexOf(Listening, StringComparison.Ordinal);
            if (place >= 0)
                _client.BaseAddress = new Uri(line[(place + Listening.Length)..].Trim());
        }
        _ = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Asks over and over, on each connection as soon as it is answered.</summary>
    /// <param name="name">Method and path.</param>
    /// <param name="body">What is posted, or null.</param>
    /// <param name="connections">How many ask at once.</param>
    /// <param name="time">How long.</param>
    public WebLoad Load(string name, string? body, int connections, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        var waits = Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>();
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                long asked = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(new HttpMethod(name.Split(' ')[0]), new Uri(name.Split(' ')[1], UriKind.Relative));
                if (body is not null)
                    request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                using var response = await _client.SendAsync(request).ConfigureAwait(false);
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
                own.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
            return own;
        }))).GetAwaiter().GetResult();
        return new(name, Stopwatch.GetElapsedTime(start).TotalSeconds, [.. waits.SelectMany(own => own).Order()]);
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
