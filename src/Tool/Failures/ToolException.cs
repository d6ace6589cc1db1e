namespace MLExtensions.Tool.Failures;

/// <summary>What the user can mend: the message says what was expected, what came, and what to do. Shown as one line, without a stack trace.</summary>
internal class ToolException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit code of the program.</summary>
    public virtual int ExitCode => ExitCodes.Failure;
}
