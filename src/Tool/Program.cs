using System.Runtime.InteropServices;
using System.Text;

namespace MLExtensions.Tool;

/// <summary>The program.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        // The first signal ends the work in order, a second one the program.
        void Stop(PosixSignalContext context)
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
        return ToolProgram.Run(arguments, new ToolConsole(output, Console.Error, Console.OpenStandardInput) { Token = stop.Token });
    }
}
