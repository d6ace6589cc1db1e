using System.Diagnostics;
using System.Globalization;
using MLExtensions.Networks;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.Checkpoints;

/// <summary>A process that trains is killed at any moment, or asked to stop.</summary>
[TestClass]
public sealed class KilledTrainingTests
{
    private const int Epochs = 30;

    // More of them by hand: MLEXTENSIONS_KILLS=50 dotnet test ...
    private static readonly int s_kills = int.Parse(Environment.GetEnvironmentVariable("MLEXTENSIONS_KILLS") ?? "4", CultureInfo.InvariantCulture);

    [TestMethod]
    public void Train_KilledAtRandomMoments_EndsAsIfNeverKilled()
    {
        using var folder = new TestFolder();
        string data = WriteData(folder);
        string[] whole = ResultOf(OtherProcess.Run(OtherProcess.Program, "train", folder.File("whole"), data, Text(Epochs)));
        var random = new System.Random(7);

        int kills = 0;
        for (int round = 0; kills < s_kills; round++)
        {
            string kept = folder.File($"kept-{round}");
            // A time at which the process is yet to start, trains or writes, and often enough one in which it trains.
            while (kills < s_kills && Kill(kept, data, TimeSpan.FromMilliseconds(random.Next(2) == 0 ? random.Next(1500) : 0), random.Next(1, 15)))
                kills++;
            ResultOf(OtherProcess.Run(OtherProcess.Program, "train", kept, data, Text(Epochs))).Should().Equal(whole);
        }
    }

    [TestMethod]
    [DataRow("TERM")]
    [DataRow("INT")]
    public void Train_AskedToStop_KeepsTheBestAndGoesOnNextTime(string signal)
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("There is no kill.");
        if (signal == "INT" && OtherProcess.InterruptIsIgnored)
            Assert.Inconclusive(OtherProcess.WhyInterruptIsIgnored);
        using var folder = new TestFolder();
        string data = WriteData(folder);
        string[] whole = ResultOf(OtherProcess.Run(OtherProcess.Program, "train", folder.File("whole"), data, "300"));
        using var process = Start(folder.File("kept"), data, 300);
        ReadEpochs(process, 5);

        using (var kill = Process.Start("/bin/kill", ["-" + signal, Text(process.Id)]))
            kill.WaitForExit();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        process.ExitCode.Should().Be(0);
        output.Split('\n').Should().Contain($"ended: {StopReason.Canceled}").And.Contain(line => line.StartsWith("weights: "));
        output.Should().Contain("again: The trainer was stopped by Ctrl+C, and trains no more", "else a cross-validation would train its other folds");
        output.Split("epoch ").Length.Should().BeLessThan(280);
        ResultOf(OtherProcess.Run(OtherProcess.Program, "train", folder.File("kept"), data, "300")).Should().Equal(whole);
    }

    [TestMethod]
    public void Train_OnAProcessorWithOtherVectors_IsRefusedWithTheDifference()
    {
        using var folder = new TestFolder();
        string data = WriteData(folder), kept = folder.File("kept");
        using (var first = Start(kept, data, 300))
        {
            ReadEpochs(first, 3);
            first.Kill();
            first.WaitForExit();
        }

        using var second = Start(kept, data, 300, new() { ["DOTNET_EnableHWIntrinsic"] = "0" });
        string errors = second.StandardError.ReadToEnd();
        second.WaitForExit();

        second.ExitCode.Should().NotBe(0);
        errors.Should().MatchRegex(@"and it is another one: bits of the processor's vectors: \d+ then, 32 now\.");
    }

    private static string[] ResultOf(string[] lines) => [.. lines.Where(line => !line.StartsWith("epoch ", StringComparison.Ordinal))];

    // Whether it was killed before its end.
    private static bool Kill(string folder, string data, TimeSpan after, int epochs)
    {
        using var process = Start(folder, data, Epochs);
        if (after > TimeSpan.Zero)
            Thread.Sleep(after);
        else
            ReadEpochs(process, epochs);
        bool isRunning = !process.HasExited;
        process.Kill();
        process.WaitForExit();
        return isRunning;
    }

    private static void ReadEpochs(Process process, int epochs)
    {
        for (int read = 0; read < epochs && process.StandardOutput.ReadLine() is not null; read++)
        {
        }
    }

    private static Process Start(string folder, string data, int epochs, Dictionary<string, string>? environment = null)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, ["exec", OtherProcess.Program, "train", folder, data, Text(epochs)]) { RedirectStandardOutput = true, RedirectStandardError = environment is not null };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string WriteData(TestFolder folder)
    {
        var random = new System.Random(1);
        string path = folder.File("data.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 600).Select(_ =>
        {
            float[] values = [.. Enumerable.Range(0, 4).Select(_ => random.NextSingle())];
            return string.Join(',', values.Append(values[0] * values[1] - values[2]).Select(value => value.ToString(CultureInfo.InvariantCulture)));
        }));
        return path;
    }
}
