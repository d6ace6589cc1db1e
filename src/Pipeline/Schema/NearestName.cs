namespace MLExtensions.Pipeline;

/// <summary>Finds the name that was probably meant.</summary>
public static class NearestName
{
    /// <summary>
    /// The name that the fewest edits make of another, where they are few: at most 2, and at most a third of its letters. Case and blanks at
    /// the ends count for nothing.
    /// </summary>
    /// <param name="name">A name that is not there.</param>
    /// <param name="names">Those that are.</param>
    /// <returns>One of <paramref name="names"/>, or null where none is near.</returns>
    public static string? Of(string name, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(names);

        var nearest = names.Select(other => (Name: other, Edits: Edits(Plain(name), Plain(other)))).OrderBy(other => other.Edits).FirstOrDefault();
        return nearest.Name is not null && nearest.Edits <= Math.Min(2, name.Length / 3) ? nearest.Name : null;
    }

    private static string Plain(string name) => name.Trim().ToUpperInvariant();

    // Levenshtein's distance, row by row.
    private static int Edits(string first, string second)
    {
        int[] above = [.. Enumerable.Range(0, second.Length + 1)];
        for (int i = 1; i <= first.Length; i++)
        {
            int[] row = new int[above.Length];
            row[0] = i;
            for (int j = 1; j < row.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1));
            above = row;
        }
        return above[^1];
    }
}
