using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MLExtensions.Tool.Commands;

/// <summary>Help as System.CommandLine writes it, with what follows it: examples, exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>What stands below the help of the program itself.</summary>
    public const string Program = """
        A first try:
          mlextensions inspect data.csv                           what each column would be taken for
          mlextensions train data.csv --label price               train a model on all other columns; model.zip
          mlextensions predict model.zip new.csv -o scored.csv    predictions beside the rows

        Results go to the standard output (--json for programs), all else to the standard error.
        Exit codes: 0 fine, 1 data, model or machine, 2 command line, 130 Ctrl+C (no result was saved).
        More: mlextensions COMMAND --help
        """;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is ToolCommand command)
            output.WriteLine($"Examples:{Environment.NewLine}{command.ExamplesText()}");
        else
            output.WriteLine(Program);
        return ExitCodes.Success;
    }
}
