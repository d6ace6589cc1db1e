namespace MLExtensions.Tool.Failures;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Data, a model or the machine.</summary>
    public const int Failure = 1;

    /// <summary>The command line.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C, as shells have it: 128 and the number of the signal.</summary>
    public const int Interrupted = 130;
}
