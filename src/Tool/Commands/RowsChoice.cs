using System.Globalization;

namespace MLExtensions.Tool.Commands;

/// <summary>Rows that are kept from training: a share of the table, or a file of their own.</summary>
/// <param name="Share">The share; null for a file, or for none.</param>
/// <param name="Path">The file; null for a share.</param>
internal sealed record RowsChoice(double? Share, string? Path)
{
    /// <summary>Reads what the user wrote.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="text">A share of 0 to below 1, or a path; null for neither.</param>
    /// <exception cref="UsageException">A number is out of range.</exception>
    public static RowsChoice Parse(string option, string? text)
    {
        if (text is null)
            return new(null, null);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double share))
            return new(null, text);
        if (!(share >= 0 && share < 1))
            throw new UsageException($"{option}: expected a share of the rows, at least 0 and below 1 such as 0.2, or a CSV file, got {text}.");
        return share == 0 ? new(null, null) : new(share, null);
    }
}
