namespace MLExtensions.Networks.Agreement;

/// <summary>Ranks do not train the same, which all of them have found.</summary>
internal sealed class RanksDifferException(string message) : InvalidOperationException(message);
