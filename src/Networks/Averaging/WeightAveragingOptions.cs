namespace MLExtensions.Networks;

/// <summary>Which averages of the weights are validated and become the model. Use one of the derived records.</summary>
public abstract record WeightAveragingOptions
{
    private protected WeightAveragingOptions()
    {
    }

    /// <summary>One message for each value outside its range.</summary>
    /// <param name="epochs">The epochs of training.</param>
    internal abstract IEnumerable<string> Validate(int epochs);
}
