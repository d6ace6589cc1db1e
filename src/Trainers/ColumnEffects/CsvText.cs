namespace MLExtensions.Trainers.ColumnEffects;

/// <summary>A text as a field of a table of comma-separated values (RFC 4180).</summary>
internal static class CsvText
{
    public static string Of(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
