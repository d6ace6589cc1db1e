namespace MLExtensions.Tool.Tables;

/// <summary>A column of the table that a model was trained on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it was taken for.</param>
/// <param name="Reason">Why, in words for the user; null where it speaks for itself.</param>
internal sealed record FileColumn(string Name, ColumnKind Kind, string? Reason = null);
