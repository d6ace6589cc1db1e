namespace MLExtensions.Networks;

/// <summary>Where a hidden layer is normalized.</summary>
public enum NormalizationPlacement
{
    /// <summary>Between linear map and activation, as in the papers that introduced both kinds.</summary>
    BeforeActivation,

    /// <summary>Between activation and dropout: the next layer is given values of mean 0 and variance 1.</summary>
    AfterActivation,
}
