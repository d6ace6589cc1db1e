namespace MLExtensions.Networks.Checks;

/// <summary>Numbers of things in words.</summary>
internal static class Plural
{
    /// <summary>A number of things, such as <c>1 row</c> and <c>2 rows</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="one">One of the things.</param>
    /// <param name="many">Several of them, where an s behind the one will not do.</param>
    /// <param name="format">How the number is written.</param>
    public static string Of(long count, string one, string? many = null, string? format = null) =>
        $"{count.ToString(format, System.Globalization.CultureInfo.InvariantCulture)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>The verb to a number of things.</summary>
    public static string Are(long count) => count == 1 ? "is" : "are";
}
