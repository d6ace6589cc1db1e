using System.CommandLine;

namespace MLExtensions.Tool.Commands;

/// <summary>A command with examples below its help.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">Command lines, each with what it is for.</param>
internal sealed class ToolCommand(string name, string description, params (string Line, string Purpose)[] examples) : Command(name, description)
{
    /// <summary>The examples, one below the other.</summary>
    public string ExamplesText()
    {
        int width = examples.Max(example => example.Line.Length);
        return string.Join(Environment.NewLine, examples.Select(example => $"  {example.Line.PadRight(width)}  {example.Purpose}".TrimEnd()));
    }
}
