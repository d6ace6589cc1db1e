namespace MLExtensions.Networks;

/// <summary>Something about a training that is allowed and seldom meant.</summary>
/// <param name="Name">What it is, as one word: <c>LeakedLabel</c>, <c>LearningRateTooHigh</c>.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Evidence">What was found, in numbers.</param>
/// <param name="Advice">What to try next.</param>
public sealed record Finding(string Name, FindingSeverity Severity, string Evidence, string Advice)
{
    /// <summary>The finding in two sentences.</summary>
    public override string ToString() => $"{Evidence} {Advice}";
}

/// <summary>How grave a <see cref="Finding"/> is.</summary>
public enum FindingSeverity
{
    /// <summary>Worth a look: the model may be as good as it can be.</summary>
    Hint,

    /// <summary>The model is probably worse for it, or less good than it seems.</summary>
    Warning,

    /// <summary>The training cannot have done what it was meant to.</summary>
    Error,
}
