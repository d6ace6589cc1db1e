using System.Text.Json.Serialization;

namespace MLExtensions.Tuning.Storage;

/// <summary>What a search must have in common with another, so that their trials can be told beside one another.</summary>
/// <param name="Space">Each dimension in words.</param>
/// <param name="Data">The rows: how many, and a hash of what is in them.</param>
/// <param name="Objective">What is measured, and on which rows.</param>
/// <param name="Options">The options that are not searched, where they differ from the defaults.</param>
internal sealed record SearchIdentity(IReadOnlyList<string> Space, string Data, string Objective, string Options)
{
    /// <summary>How the file is written; readers refuse one that is later than theirs.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The seed of the search: one that goes on goes on with it.</summary>
    public int Seed { get; init; }

    [JsonIgnore]
    public const int CurrentFormat = 1;

    /// <summary>Refuses a search that differs.</summary>
    /// <param name="found">What a file holds.</param>
    /// <param name="path">The file.</param>
    public void Require(SearchIdentity found, string path)
    {
        if (found.Format > CurrentFormat)
            throw new InvalidOperationException($"'{path}' was written by a later version (format {found.Format}, and this one knows {CurrentFormat}): update MLExtensions.Tuning, or give another file.");
        if (Difference(found) is { } difference)
            throw new InvalidOperationException($"The search in '{path}' is another one. {difference} Give TuningOptions.Store another path, or search as that file has it.");
    }

    private string? Difference(SearchIdentity found)
    {
        if (Space.Except(found.Space).FirstOrDefault() is { } added)
            return $"Its space has no '{added}'{Beside(added, found.Space)}.";
        if (found.Space.Except(Space).FirstOrDefault() is { } gone)
            return $"Its space has '{gone}'{Beside(gone, Space)}, and this one has not.";
        return Differs("data", found.Data, Data) ?? Differs("objective", found.Objective, Objective) ?? Differs("options", found.Options, Options)
            ?? (Space.SequenceEqual(found.Space) ? null : "Its dimensions are in another order.");
    }

    private static string? Differs(string what, string there, string here) => there == here ? null : $"Its {what}: {there}; of this one: {here}.";

    private static string Beside(string description, IReadOnlyList<string> others) =>
        others.FirstOrDefault(other => other.Split(':')[0] == description.Split(':')[0]) is { } other ? $" (there: '{other}')" : "";
}
