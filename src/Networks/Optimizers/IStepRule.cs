namespace MLExtensions.Networks.Optimizers;

/// <summary>The arithmetic of an optimizer for the parameters of one vector: a struct whose fields are the constants of a step.</summary>
internal unsafe interface IStepRule
{
    /// <summary>
    /// The direction of the step, against which parameters move by the learning rate. Zero where gradient and states are zero, as
    /// those of padding are.
    /// </summary>
    /// <param name="gradient">The gradient, penalties included.</param>
    /// <param name="states">The kept numbers of these parameters, which the rule updates.</param>
    TVector Direction<TVector>(TVector gradient, StepStates states)
        where TVector : unmanaged, IVector<TVector>;
}

/// <summary>Where the kept numbers of some parameters lie; as many as the rule has.</summary>
internal readonly unsafe struct StepStates(float* first, float* second, float* third)
{
    public readonly float* First = first;
    public readonly float* Second = second;
    public readonly float* Third = third;
}
