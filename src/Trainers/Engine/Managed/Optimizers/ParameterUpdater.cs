using MLExtensions.Trainers.Network;

namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>What layers call to have their parameters updated: the optimizer's step, and whatever else the settings ask for.</summary>
/// <param name="optimizer">The optimizer.</param>
/// <param name="groups">How each tensor is updated.</param>
/// <param name="parameters">The parameters.</param>
internal sealed unsafe class ParameterUpdater(ManagedOptimizer optimizer, ParameterGroups groups, ParameterStore parameters)
{
    /// <summary>Prepares what all updates of one step share.</summary>
    /// <param name="learningRate">The learning rate of the step.</param>
    public void BeginStep(float learningRate) => optimizer.BeginStep(learningRate);

    /// <summary>Updates part of the parameters in place. Different parts may be updated by different threads.</summary>
    /// <param name="offset">The first parameter, a whole number of vectors from the start.</param>
    /// <param name="length">The number of parameters, a whole number of vectors.</param>
    /// <param name="layer">The index of their layer in the network.</param>
    /// <param name="role">What they are for.</param>
    public void Update(int offset, int length, int layer, ParameterRole role) =>
        Update(offset, length, layer, role, parameters.Values.Pointer + offset);

    /// <summary>Computes updated values of part of the parameters; storing them is left to the caller.</summary>
    /// <param name="offset">The first parameter, a whole number of vectors from the start.</param>
    /// <param name="length">The number of parameters, a whole number of vectors.</param>
    /// <param name="layer">The index of their layer in the network.</param>
    /// <param name="role">What they are for.</param>
    /// <param name="updated">Receives the values, [length]; may be the parameters themselves.</param>
    public void Update(int offset, int length, int layer, ParameterRole role, float* updated) =>
        optimizer.Update(offset, length, groups[layer, role], updated);
}
