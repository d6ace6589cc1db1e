namespace MLExtensions.Networks.Update;

/// <summary>What layers call to have their parameters updated: the optimizer's step, and whatever else the settings ask for.</summary>
internal sealed unsafe class ParameterUpdater
{
    private readonly ManagedOptimizer? _optimizer;
    private readonly ParameterGroups _groups;
    private readonly ParameterStore _parameters;
    private readonly bool _averagesAtOnce;

    /// <summary>Starts at the first step.</summary>
    /// <param name="optimizer">The optimizer; null for one that runs above the session.</param>
    /// <param name="groups">How each tensor is updated.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="settings">What else happens at the update.</param>
    public ParameterUpdater(ManagedOptimizer? optimizer, ParameterGroups groups, ParameterStore parameters, UpdateSettings settings)
    {
        _optimizer = optimizer;
        MatrixOptimizer = optimizer as IMatrixOptimizer;
        _groups = groups;
        _parameters = parameters;
        if (settings.ClipNorm is not null || settings.ClipValue is not null)
            Clip = new GradientClip(settings.ClipNorm, settings.ClipValue, parameters.Gradients);
        if (settings.AverageDecay is { } decay)
            Average = new WeightAverage(decay, parameters.Values.Length);
        // A limit on norms comes after all parameters are updated, and averages are of what it leaves.
        _averagesAtOnce = Average is not null && settings.MaximumNorm is null;
    }

    /// <summary>Limits the gradient; null for no limit.</summary>
    public GradientClip? Clip { get; }

    /// <summary>The moving averages; null where none are asked for.</summary>
    public WeightAverage? Average { get; }

    /// <summary>The optimizer where it looks at whole matrices first; else null.</summary>
    public IMatrixOptimizer? MatrixOptimizer { get; }

    /// <summary>Lets the optimizer look at a strip.</summary>
    /// <param name="number">The strip.</param>
    public void PrepareStrip(int number)
    {
        var (layer, offset, length) = MatrixOptimizer!.Strip(number);
        Clip?.Apply(offset, length);
        MatrixOptimizer.PrepareStrip(number, _groups[layer, ParameterRole.Weight]);
    }

    /// <summary>Prepares what all updates of one step share.</summary>
    /// <param name="settings">The rates of the step.</param>
    public void BeginStep(in StepSettings settings)
    {
        _optimizer?.BeginStep(settings);
        Average?.BeginStep();
    }

    /// <summary>Updates part of the parameters in place. Different parts may be updated by different threads.</summary>
    /// <param name="offset">The first parameter, a whole number of vectors from the start.</param>
    /// <param name="length">The number of parameters, a whole number of vectors.</param>
    /// <param name="layer">The index of their layer in the network.</param>
    /// <param name="role">What they are for.</param>
    public void Update(int offset, int length, int layer, ParameterRole role) =>
        Update(offset, length, layer, role, _parameters.Values.Pointer + offset);

    /// <summary>Computes updated values of part of the parameters; storing them is left to the caller.</summary>
    /// <param name="offset">The first parameter, a whole number of vectors from the start.</param>
    /// <param name="length">The number of parameters, a whole number of vectors.</param>
    /// <param name="layer">The index of their layer in the network.</param>
    /// <param name="role">What they are for.</param>
    /// <param name="updated">Receives the values, [length]; may be the parameters themselves.</param>
    public void Update(int offset, int length, int layer, ParameterRole role, float* updated)
    {
        // What is looked at as a whole matrix was clipped for that.
        if (MatrixOptimizer is null || !MatrixOptimizer.HasWeightAt(offset))
            Clip?.Apply(offset, length);
        _optimizer!.Update(offset, length, _groups[layer, role], updated);
        if (_averagesAtOnce)
            Average!.Take(offset, length, updated);
    }

    /// <summary>Gives or sets what changes from step to step beside the parameters.</summary>
    /// <param name="state">The exchange.</param>
    public void Exchange(StateExchange state)
    {
        _optimizer?.Exchange(state.Of("optimizer"));
        Average?.Exchange(state.Of("averages"));
    }
}
