namespace MLExtensions.Archives;

/// <summary>The names of slots in the description of a component.</summary>
/// <param name="Texts">The names, one for each slot; null where a tensor holds their hashes.</param>
public sealed record SlotNamesDescription(IReadOnlyList<string>? Texts);
