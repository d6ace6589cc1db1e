namespace MLExtensions.Networks;

/// <summary>What has been done of work of several trainings when a part of it has ended.</summary>
/// <param name="Done">The number of parts that have ended.</param>
/// <param name="Text">What the part was and reached, in a line.</param>
/// <param name="Best">The best so far, in a few words; null for none.</param>
public sealed record SeriesReport(int Done, string Text, string? Best = null);
