using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MLExtensions.Tool.Tests;

/// <summary>The program as one of its own.</summary>
[TestClass]
public sealed class ProcessTests
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "MLExtensions.Tool.dll");

    [TestMethod]
    [DataRow("")]
    [DataRow("--help")]
    public void Help_OfTheProgram_ShowsTheWay(string arguments)
    {
        var (code, output, error) = Run(arguments);

        code.Should().Be(0, error);
        output.Should().Contain("mlextensions train data.csv --label price").And.Contain("Exit codes: 0 fine");
        foreach (string command in new[] { "train", "evaluate", "predict", "tune", "report", "onnx", "inspect" })
            output.Should().Contain($"  {command} ");
    }

    [TestMethod]
    [DataRow("train")]
    [DataRow("evaluate")]
    [DataRow("predict")]
    [DataRow("tune")]
    [DataRow("report")]
    [DataRow("onnx")]
    [DataRow("inspect")]
    public void Help_OfACommand_HasExamplesThatAreUnderstood(string command)
    {
        using var run = new ToolRun();

        run.Well(command, "--help");

        string[] examples = [.. run.Out[run.Out.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Where(line => line.Contains("mlextensions "))];
        examples.Should().NotBeEmpty();
        foreach (string example in examples)
        {
            string[] words = example[(example.IndexOf("mlextensions ", StringComparison.Ordinal) + 13)..].Split("  ")[0].Split(" >")[0].Split(' ');
            run.Run(words).Should().Be(1, "{0} names files that are not there, and no unknown option: {1}", example, run.Error);
            run.Error.Should().Contain("There is no");
        }
    }

    [TestMethod]
    [DataRow("fly", "error: ")]
    [DataRow("predict", "error: ")]
    public void Usage_ThatIsWrong_IsTwo(string arguments, string expected)
    {
        var (code, output, error) = Run(arguments);

        code.Should().Be(2);
        output.Should().BeEmpty();
        error.Should().Contain(expected).And.Contain("--help tells what can be said");
    }

    [TestMethod]
    public void CtrlC_InATraining_EndsItAndWritesNothing()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Signals are sent as on Unix.");
        if (OtherProcess.InterruptIsIgnored)
            Assert.Inconclusive(OtherProcess.WhyInterruptIsIgnored);

        using var folder = new TestFolder();
        using var process = Start($"train {ToolRun.Iris} -l Species --preset best -o {folder.File("m.zip")}");
        // The table is shown before the training begins.
        string? line;
        do
            line = process.StandardError.ReadLine();
        while (line is not null && !line.StartsWith("task:", StringComparison.Ordinal));
        Kill(process.Id, 2).Should().Be(0);
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        process.ExitCode.Should().Be(130);
        error.Should().Contain("stopped: no result was saved.");
        Directory.EnumerateFiles(folder.FullName).Should().BeEmpty();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    private static (int Code, string Output, string Error) Run(string arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static Process Start(string arguments) =>
        Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", s_program, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
