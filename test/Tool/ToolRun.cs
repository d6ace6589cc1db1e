using System.Text;
using System.Text.Json.Nodes;
using MLExtensions.Tool.Output;

namespace MLExtensions.Tool.Tests;

/// <summary>The program in this process, with files in a folder of its own.</summary>
internal sealed class ToolRun : IDisposable
{
    private readonly TestFolder _folder = new();

    /// <summary>The table of 150 flowers.</summary>
    public static string Iris { get; } = Path.Combine(AppContext.BaseDirectory, "flowers.csv");

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public string this[string name] => _folder.File(name);

    /// <summary>The folder's files.</summary>
    public string[] Files => [.. Directory.EnumerateFiles(_folder.FullName).Select(file => Path.GetFileName(file)).Order()];

    public JsonNode Json => JsonNode.Parse(Out)!;

    /// <summary>Writes a file, and gives its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Runs a command line.</summary>
    public int Run(params string[] arguments) => Run(CancellationToken.None, "", arguments);

    /// <summary>Runs a command line with something on the standard input.</summary>
    public int Run(CancellationToken token, string input, params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int code = ToolProgram.Run(arguments, new ToolConsole(output, error, () => new MemoryStream(Encoding.UTF8.GetBytes(input))) { Token = token });
        (Out, Error) = (output.ToString(), error.ToString());
        return code;
    }

    /// <summary>Runs a command line that must end well.</summary>
    public ToolRun Well(params string[] arguments)
    {
        Run(arguments).Should().Be(0, Error);
        return this;
    }

    public void Dispose() => _folder.Dispose();
}
