namespace MLExtensions.Tool.Failures;

/// <summary>Options that do not go together, or are out of range.</summary>
internal sealed class UsageException(string message) : ToolException(message)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.Usage;
}
