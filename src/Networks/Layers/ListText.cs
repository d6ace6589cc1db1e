namespace MLExtensions.Networks.Layers;

/// <summary>Lists in the texts of records: what is in them, in place of the type that happens to hold it.</summary>
internal static class ListText
{
    /// <summary>The entries in brackets.</summary>
    /// <typeparam name="T">What is in the list.</typeparam>
    /// <param name="entries">The list.</param>
    public static string Of<T>(IEnumerable<T> entries) => $"[{string.Join(", ", entries.Select(entry => Invariant($"{entry}")))}]";
}
