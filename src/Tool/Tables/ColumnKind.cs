namespace MLExtensions.Tool.Tables;

/// <summary>What a column is taken for.</summary>
internal enum ColumnKind
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Whole numbers of few values, taken as categories.</summary>
    Code,

    /// <summary>Categories.</summary>
    Text,

    /// <summary>Points of time.</summary>
    Date,

    /// <summary>Not used.</summary>
    Ignored,
}
