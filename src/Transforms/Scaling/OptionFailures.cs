namespace MLExtensions.Transforms.Scaling;

/// <summary>Gathers what is wrong with options, so that one message tells all of it.</summary>
internal sealed class OptionFailures(string component)
{
    private readonly List<string> _failures = [];

    public void Require(bool holds, string failure)
    {
        if (!holds)
            _failures.Add(failure);
    }

    /// <exception cref="ArgumentException">Something was wrong.</exception>
    public void ThrowIfAny()
    {
        if (_failures.Count > 0)
            throw new ArgumentException($"{component} has invalid options: {string.Join("; ", _failures)}.");
    }
}
