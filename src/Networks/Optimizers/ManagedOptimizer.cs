namespace MLExtensions.Networks.Optimizers;

/// <summary>Moves parameters along their gradients, any part of them at a time, in one pass over memory.</summary>
/// <param name="parameters">The parameters.</param>
internal abstract unsafe class ManagedOptimizer(ParameterStore parameters)
{
    /// <summary>The parameters.</summary>
    protected ParameterStore Parameters { get; } = parameters;

    /// <summary>What penalties and decay are multiplied by in the present step.</summary>
    protected float WeightDecayFactor { get; private set; } = 1;

    /// <summary>Prepares what all updates of one step share.</summary>
    /// <param name="settings">The rates of the step.</param>
    public void BeginStep(in StepSettings settings)
    {
        WeightDecayFactor = settings.WeightDecayFactor;
        BeginStep(settings.LearningRate);
    }

    /// <summary>Prepares what all updates of one step share; penalties and decay are those of the step before, at first in full.</summary>
    /// <param name="learningRate">The learning rate of the step.</param>
    public abstract void BeginStep(float learningRate);

    /// <summary>
    /// Computes updated values of part of the parameters; storing them is left to the caller. Different parts may be updated by
    /// different threads.
    /// </summary>
    /// <param name="offset">The first parameter, a whole number of vectors from the start.</param>
    /// <param name="length">The number of parameters, a whole number of vectors.</param>
    /// <param name="group">How these parameters are updated.</param>
    /// <param name="updated">Receives the values, [length]; may be the parameters themselves.</param>
    public abstract void Update(int offset, int length, ParameterGroup group, float* updated);

    /// <summary>Gives or sets what the optimizer keeps from step to step.</summary>
    /// <param name="state">The exchange.</param>
    public abstract void Exchange(StateExchange state);
}

/// <summary>What an optimizer in managed code is about.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="Penalty">What is added to the gradient.</param>
/// <param name="Matrices">The weight matrices among the parameters.</param>
internal sealed record OptimizerSetup(ParameterStore Parameters, Penalty Penalty, IReadOnlyList<WeightMatrix> Matrices)
{
    /// <summary>The index of the layer that gives the outputs.</summary>
    public int OutputLayer { get; init; } = int.MaxValue;

    /// <summary>The weights of hidden layers.</summary>
    public IEnumerable<WeightMatrix> HiddenMatrices => Matrices.Where(matrix => matrix.Layer < OutputLayer);
}
