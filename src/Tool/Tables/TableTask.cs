namespace MLExtensions.Tool.Tables;

/// <summary>What is predicted.</summary>
internal enum TableTask
{
    /// <summary>One of two values.</summary>
    Binary,

    /// <summary>One of several values.</summary>
    Multiclass,

    /// <summary>A number.</summary>
    Regression,
}
