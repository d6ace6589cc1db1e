namespace MLExtensions.Transforms.Scaling;

/// <summary>The options of a scaler, which stand in archives too.</summary>
internal interface IScalingOptions
{
    /// <summary>Adds what is wrong with the options.</summary>
    void Check(OptionFailures failures);
}

/// <summary>The options of a scaler that is fitted.</summary>
/// <typeparam name="TParameters">What it finds in one column.</typeparam>
internal interface IScalingOptions<TParameters> : IScalingOptions
{
    /// <summary>What the scaler does to a column in which it has found that.</summary>
    ColumnMap MapOf(TParameters parameters);
}

/// <summary>The options of a scaler that has none.</summary>
internal sealed record NoScalingOptions : IScalingOptions
{
    public void Check(OptionFailures failures) { }
}
