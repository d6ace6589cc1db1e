namespace MLExtensions.Networks;

/// <summary>How exactly <see cref="IntegratedGradients"/> integrates.</summary>
public sealed record IntegratedGradientsOptions
{
    /// <summary>
    /// The gradients that are computed on the way from a baseline to a row, at least 3: three (Gauss and Legendre's points) on each of a third as
    /// many edges of a polygon whose corners lie on that way. 48 by default, which pass through the network together.
    /// </summary>
    public int NumberOfSteps { get; init; } = 48;

    /// <summary>
    /// The most gradients of a row and a baseline: their number is doubled, between the same corners, while the error is above <see cref="Tolerance"/>. 768 by default; with
    /// <see cref="NumberOfSteps"/> none is doubled.
    /// </summary>
    public int MaximumNumberOfSteps { get; init; } = 768;

    /// <summary>
    /// The error that is good enough: how far the sum of the attributions may be from the difference between the scores, as a share of the sum of
    /// their absolute values; from 0 on. 0.005 by default.
    /// </summary>
    public double Tolerance { get; init; } = 0.005;

    /// <summary>Checks all at once.</summary>
    /// <param name="parameter">The name of the argument, for the exception.</param>
    /// <exception cref="ArgumentException">An option is outside its range; the message lists all that are.</exception>
    internal void Check(string parameter)
    {
        var failures = new List<string>();
        if (NumberOfSteps < 3)
            failures.Add(Invariant($"{nameof(NumberOfSteps)} must be at least 3, got {NumberOfSteps}."));
        if (MaximumNumberOfSteps < NumberOfSteps)
            failures.Add(Invariant($"{nameof(MaximumNumberOfSteps)} must be at least {nameof(NumberOfSteps)}, {NumberOfSteps}, got {MaximumNumberOfSteps}."));
        if (!(Tolerance >= 0 && double.IsFinite(Tolerance)))
            failures.Add(Invariant($"{nameof(Tolerance)} must be finite and not negative, got {Tolerance}."));
        if (failures.Count > 0)
            throw new ArgumentException(string.Join(" ", failures), parameter);
    }
}
