using System.Globalization;

namespace MLExtensions.Benchmarks.Web;

/// <summary>Requests per second and waiting times of samples/WebService, beside those of the same server without any model.</summary>
internal static class WebCommand
{
    public const string Usage = "web [connections [seconds]]";

    private const string Row = """{"age": 45, "education": "Masters", "maritalStatus": "Married-civ-spouse", "occupation": "Exec-managerial", "hoursPerWeek": 50}""";

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);

    /// <summary>Measures.</summary>
    /// <param name="arguments">The built service, its model, and the numbers of the command line.</param>
    /// <param name="output">Receives a table.</param>
    public static void Run(string[] arguments, TextWriter output)
    {
        if (arguments is not [var program, var model, .. var numbers] || numbers.Length > 2)
            throw new UsageException($"Expected build/bench.sh {Usage}");
        int connections = numbers.Length > 0 ? Number(numbers[0]) : 16;
        var time = TimeSpan.FromSeconds(numbers.Length > 1 ? Number(numbers[1]) : 10);

        using var service = new WebProcess(program, model);
        output.WriteLine(FormattableString.Invariant($"{connections} connections on loopback, {time.TotalSeconds} s each, client and server on {Environment.ProcessorCount} processors"));
        output.WriteLine();
        output.WriteLine("| request | requests/s | median | p99 |");
        output.WriteLine("|---|---|---|---|");
        foreach (var (name, body) in new[] { ("GET /hello", null), ("POST /income", Row) })
        {
            service.Load(name, body, connections, s_warmUp);
            output.WriteLine(service.Load(name, body, connections, time).ToRow());
        }
    }

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : throw new UsageException($"Expected a positive number, got '{text}': build/bench.sh {Usage}");
}
