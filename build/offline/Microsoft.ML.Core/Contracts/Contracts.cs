namespace Microsoft.ML.Runtime;

/// <summary>
/// Makes the exceptions of the framework. They carry a mark, by which loading tells them from those of third-party components.
/// </summary>
internal static class Contracts
{
    private const string IsMarkedKey = "ML_IsMarked";

    public static TException Mark<TException>(TException exception)
        where TException : Exception
    {
        exception.Data[IsMarkedKey] = 1;
        return exception;
    }

    public static bool IsMarked(this Exception exception) => exception.Data.Contains(IsMarkedKey);

    public static InvalidOperationException Except(string message, Exception inner = null)
        => Mark(new InvalidOperationException(message, inner));

    public static ArgumentOutOfRangeException ExceptParam(string parameter, string message)
        => Mark(new ArgumentOutOfRangeException(parameter, message));

    public static ArgumentOutOfRangeException ExceptSchemaMismatch(
        string parameter, string role, string column, string expected, string actual)
        => ExceptParam(parameter, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");

    public static FormatException ExceptDecode(string message = null, Exception inner = null)
        => Mark(message == null ? new FormatException() : new FormatException(message, inner));

    public static void CheckDecode(bool condition, string message = null)
    {
        if (!condition)
            throw ExceptDecode(message);
    }

    public static void CheckParam(bool condition, string parameter, string message)
    {
        if (!condition)
            throw ExceptParam(parameter, message);
    }

    public static void CheckNonEmpty(string value, string parameter)
        => CheckParam(!string.IsNullOrEmpty(value), parameter, $"{parameter} cannot be null or empty");

    public static void CheckValue(object value, string parameter)
    {
        if (value == null)
            throw Mark(new ArgumentNullException(parameter));
    }
}
