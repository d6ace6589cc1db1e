namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>Inverted dropout.</summary>
/// <param name="rate">The probability of zeroing a value, before a step's factor.</param>
/// <param name="random">The source of masks on the CPU; null on a GPU, for which TorchSharp makes no generators.</param>
internal sealed class TorchDropoutLayer(float rate, Generator? random) : TorchLayer
{
    private double _rate = rate;

    public override void BeginStep(in StepSettings settings) => _rate = rate * settings.DropoutFactor;

    public override Tensor Forward(Tensor input, bool training)
    {
        if (!training || _rate == 0)
            return input;
        if (random is null)
            return nn.functional.dropout(input, _rate);

        using Scalar scale = (float)(1 / (1 - _rate));
        return input * input.detach().empty_like().bernoulli_(1 - _rate, random).mul_(scale);
    }
}
