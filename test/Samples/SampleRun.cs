using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace MLExtensions.Samples.Tests;

/// <summary>What a sample printed when it was run as a process of its own.</summary>
internal sealed record SampleRun(string Output)
{
    /// <summary>Runs a sample, with its arguments, in the folder that it was built into.</summary>
    public static SampleRun Of(string name, params string[] arguments)
    {
        using var process = Start(name, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        process.ExitCode.Should().Be(0, "{0}", errors.Result);
        errors.Result.Should().BeEmpty();
        return new SampleRun(output);
    }

    /// <summary>Starts a sample in the folder that it was built into.</summary>
    public static Process Start(string name, params string[] arguments)
    {
        string program = PathOf(name);
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return Process.Start(new ProcessStartInfo(dotnet, ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        })!;
    }

    /// <summary>The folder that a sample was built into, where it saves its model.</summary>
    public static string FolderOf(string name) => Path.GetDirectoryName(PathOf(name))!;

    private static string PathOf(string name) =>
        typeof(SampleRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;

    /// <summary>The number in the first group of a pattern.</summary>
    public double Number(string pattern)
    {
        var match = Regex.Match(Output, pattern);
        match.Success.Should().BeTrue("{0} should stand in\n{1}", pattern, Output);
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
