using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Update;

namespace MLExtensions.Networks.Optimizers;

/// <summary>Moves parameters along their gradients, any part of them at a time, in one pass over memory.</summary>
/// <param name="parameters">The parameters.</param>
internal abstract unsafe class ManagedOptimizer(ParameterStore parameters)
{
    /// <summary>The parameters.</summary>
    protected ParameterStore Parameters { get; } = parameters;

    /// <summary>The optimizer that the settings ask for.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="layers">The layers, for optimizers that look at whole matrices.</param>
    public static ManagedOptimizer Create(EngineSettings settings, ParameterStore parameters, params IEnumerable<ManagedLayer> layers)
    {
        var penalty = new Penalty(settings.L1, settings.L2);
        return settings.Optimizer switch
        {
            SgdOptions options => new SgdOptimizer(options, penalty, parameters),
            AdamOptions { AmsGrad: true } options => new AmsGradOptimizer(options, penalty, parameters),
            AdamOptions options => new AdamOptimizer(options, penalty, parameters),
            AdamWOptions { AmsGrad: true } options => new AmsGradOptimizer(options, penalty, parameters),
            AdamWOptions options => new AdamOptimizer(options, penalty, parameters),
            NAdamOptions options => new NAdamOptimizer(options, penalty, parameters),
            RAdamOptions options => new RAdamOptimizer(options, penalty, parameters),
            AdamPOptions options => new AdamPOptimizer(options, penalty, parameters, layers),
            AdamaxOptions options => new AdamaxOptimizer(options, penalty, parameters),
            RmsPropOptions options => new RmsPropOptimizer(options, penalty, parameters),
            AdagradOptions options => new AdagradOptimizer(options, penalty, parameters),
            AdadeltaOptions options => new AdadeltaOptimizer(options, penalty, parameters),
            _ => throw new NotSupportedException($"The managed engine has no optimizer for {settings.Optimizer.GetType().Name}."),
        };
    }

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
}
