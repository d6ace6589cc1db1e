namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>A layer on the device.</summary>
internal abstract class TorchLayer
{
    /// <summary>Called once before each training step.</summary>
    /// <param name="settings">The rates of the step.</param>
    public virtual void BeginStep(in StepSettings settings)
    {
    }

    /// <summary>The outputs of a batch.</summary>
    /// <param name="input">The inputs, [rows x inputs].</param>
    /// <param name="training">Whether dropout is on and statistics are those of the batch.</param>
    public abstract Tensor Forward(Tensor input, bool training);
}

/// <summary>A layer that computes the same in training and in scoring.</summary>
/// <param name="function">From the inputs to the outputs of a batch.</param>
internal sealed class TorchFunction(Func<Tensor, Tensor> function) : TorchLayer
{
    public override Tensor Forward(Tensor input, bool training) => function(input);
}
