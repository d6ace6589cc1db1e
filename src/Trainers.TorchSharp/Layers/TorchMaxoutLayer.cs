namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>The largest of several values for each unit.</summary>
/// <param name="units">The number of outputs.</param>
/// <param name="pieces">The values of an output.</param>
internal sealed class TorchMaxoutLayer(int units, int pieces) : TorchLayer
{
    // Not amax, which divides the gradient among equal values.
    public override Tensor Forward(Tensor input, bool training) => input.view(-1, pieces, units).max(1).values;
}
