namespace MLExtensions.Transforms;

/// <summary>The options of a scaler, which stand in archives too.</summary>
internal interface IScalingOptions
{
    /// <summary>Adds what is wrong with the options.</summary>
    void Check(OptionFailures failures);
}

/// <summary>The options of a scaler that has none.</summary>
internal sealed record NoScalingOptions : IScalingOptions
{
    public void Check(OptionFailures failures) { }
}
