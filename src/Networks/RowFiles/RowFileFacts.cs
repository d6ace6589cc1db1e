namespace MLExtensions.Networks.RowFiles;

/// <summary>What the rows of a kept file are, as names with texts, so that rows of another kind can be told from them.</summary>
/// <param name="All">Name and text of each.</param>
internal sealed record RowFileFacts(IReadOnlyDictionary<string, string> All)
{
    private const int HashLength = 64;

    /// <summary>What differs of that which both know, in words; null where nothing does.</summary>
    /// <param name="now">What is known of the rows of today.</param>
    public string? DifferenceTo(RowFileFacts now)
    {
        string[] differing = [.. now.All.Where(fact => All.TryGetValue(fact.Key, out string? text) && text != fact.Value).Select(fact => Describe(fact.Key, All[fact.Key], fact.Value))];
        return differing.Length == 0 ? null : string.Join("; ", differing);
    }

    private static string Describe(string name, string then, string now) => then.Length >= HashLength && now.Length >= HashLength ? $"the {name} differ"
        : $"{name}: {Text(then)} in the file, {Text(now)} now";

    // A hash tells nobody anything.
    private static string Text(string text) => text.Length >= HashLength ? "others" : text;
}
