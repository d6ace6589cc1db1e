namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>A network on the device: a list of layers, or a module of the application.</summary>
internal interface ITorchNetwork
{
    /// <summary>Called once before each training step.</summary>
    /// <param name="settings">The rates of the step.</param>
    void BeginStep(in StepSettings settings)
    {
    }

    /// <summary>The logits or values, [rows x outputs].</summary>
    /// <param name="features">The features, [rows x inputs].</param>
    /// <param name="training">Whether dropout is on and statistics are those of the batch.</param>
    Tensor Forward(Tensor features, bool training);
}
