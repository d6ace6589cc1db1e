namespace MLExtensions.Tool.Failures;

/// <summary>Failures as one line and an exit code.</summary>
internal static class FailureText
{
    /// <summary>Runs something, and tells what went wrong.</summary>
    /// <param name="error">Is told.</param>
    /// <param name="isVerbose">Whether the stack trace is told too.</param>
    /// <param name="run">What is run; gives the exit code.</param>
    public static int Guard(TextWriter error, bool isVerbose, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception exception)
        {
            var cause = Cause(exception);
            var (code, line) = cause switch
            {
                OperationCanceledException => (ExitCodes.Interrupted, "stopped: no result was saved."),
                ToolException tool => (tool.ExitCode, $"error: {tool.Message}"),
                _ => (ExitCodes.Failure, $"error: {OneLine(cause.Message)}{(isVerbose ? "" : " (--verbose shows where)")}"),
            };
            error.WriteLine(line);
            if (isVerbose)
                error.WriteLine(exception);
            return code;
        }
    }

    // ML.NET, and threads, wrap what was thrown.
    private static Exception Cause(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is OperationCanceledException or ToolException)
                return inner;
        }
        return exception is AggregateException { InnerExceptions.Count: 1 } one ? one.InnerExceptions[0] : exception;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
