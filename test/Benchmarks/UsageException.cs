namespace MLExtensions.Benchmarks;

/// <summary>A command line that asks for something there is not; the message tells what.</summary>
internal sealed class UsageException(string message) : Exception(message);
