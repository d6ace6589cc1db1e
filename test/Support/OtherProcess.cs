using System.Diagnostics;
using System.Reflection;
using FluentAssertions;
using Microsoft.ML;

namespace MLExtensions.TestSupport;

/// <summary>Runs test/OtherProcess, a program that loads models and names none of their components, without TorchSharp's native library.</summary>
public static class OtherProcess
{
    /// <summary>The path of its assembly.</summary>
    public static string Program { get; } = typeof(OtherProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "OtherProcess").Value!;

    /// <summary>Why <see cref="InterruptIsIgnored"/>.</summary>
    public const string WhyInterruptIsIgnored = "Whoever started the tests has SIGINT ignored, as a shell does in the background: processes leave it so.";

    /// <summary>Whether this process and those that it starts are told nothing of Ctrl+C.</summary>
    // Bit 1 of the mask of ignored signals is that of signal 2.
    public static bool InterruptIsIgnored { get; } = File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } mask
        && (Convert.ToUInt64(mask[7..].Trim(), 16) & 2) != 0;

    /// <summary>Saves a model, and holds what another process makes of the rows against what this one makes of them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="schema">The schema of the model's input: numbers, truth values and texts.</param>
    /// <param name="rows">Rows of a file, with a comma between cells.</param>
    /// <param name="program">Another program, which takes the same arguments; by default <see cref="Program"/>.</param>
    /// <param name="arguments">Further arguments of that program.</param>
    public static void ShouldScoreTheSame(ITransformer model, DataViewSchema schema, IEnumerable<string> rows, string? program = null, params string[] arguments)
    {
        using var folder = new TestFolder();
        var ml = new MLContext();
        string modelPath = folder.File("model.zip");
        string dataPath = folder.File("data.csv");
        ml.Model.Save(model, schema, modelPath);
        File.WriteAllLines(dataPath, rows);

        string[] here = [.. TextRows.Print(model.Transform(TextRows.Load(ml, dataPath, schema)))];
        string[] there = Run(program ?? Program, ["load", modelPath, dataPath, .. arguments]);

        here.Should().NotBeEmpty();
        there.Should().Equal(here);
    }

    /// <summary>Runs a program and gives its lines; it must end well.</summary>
    /// <param name="program">The path of its assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    public static string[] Run(string program, params string[] arguments)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A folder without packages: in the machine's TorchSharp would look for a native library that the program lacks.
            Environment = { ["NUGET_PACKAGES"] = AppContext.BaseDirectory },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        process.ExitCode.Should().Be(0, "{0}", errors.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
