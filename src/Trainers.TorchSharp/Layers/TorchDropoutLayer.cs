using TorchSharp;
using static TorchSharp.torch;

namespace MLExtensions.Trainers.TorchSharp;

/// <summary>Inverted dropout.</summary>
/// <param name="rate">The probability of zeroing a value.</param>
/// <param name="random">The source of masks on the CPU; null on a GPU, for which TorchSharp makes no generators.</param>
internal sealed class TorchDropoutLayer(float rate, Generator? random) : TorchLayer
{
    private readonly Scalar _scale = (float)(1 / (1 - (double)rate));

    public override Tensor Forward(Tensor input, bool training)
    {
        if (!training || rate == 0)
            return input;
        return random is null
            ? nn.functional.dropout(input, rate)
            : input * input.detach().empty_like().bernoulli_(1 - (double)rate, random).mul_(_scale);
    }
}
