namespace MLExtensions.Networks.Ranks;

/// <summary>A cancellation that all ranks follow at the same step.</summary>
internal sealed class AgreedCancellationException(string message, CancellationToken token) : OperationCanceledException(message, token);
