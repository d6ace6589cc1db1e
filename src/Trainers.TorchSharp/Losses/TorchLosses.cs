using static TorchSharp.torch.nn;

namespace MLExtensions.Trainers.TorchSharp.Losses;

/// <summary>The losses that libtorch has no function for, of outputs z and targets y; formulas as documented with each loss.</summary>
internal static class TorchLosses
{
    public static Tensor SigmoidCrossEntropy(Tensor z, Tensor y, float smoothing) =>
        functional.binary_cross_entropy_with_logits(z, smoothing == 0 ? y : y * (1 - smoothing) + smoothing / 2, reduction: Reduction.None);

    public static Tensor SigmoidFocal(Tensor z, Tensor y, FocalLoss loss)
    {
        // s is the logit of the target: log p = -softplus(-s), log(1 - p) = -softplus(s).
        var s = (2 * y - 1) * z;
        var losses = (-loss.Gamma * Softplus(s)).exp() * Softplus(-s);
        return loss.Alpha is { } alpha ? losses * (y * alpha + (1 - y) * (1 - alpha)) : losses;
    }

    public static Tensor SoftmaxFocal(Tensor z, Tensor classes, float gamma)
    {
        var crossEntropy = functional.cross_entropy(z, classes, reduction: Reduction.None);

        // The derivative of a power is infinite at 0, which 1 - p is for a row that is surely right.
        var rest = (-(-crossEntropy).expm1()).clamp_min(1e-30);
        return rest.pow(gamma) * crossEntropy;
    }

    public static Tensor LogCosh(Tensor z, Tensor y)
    {
        var distance = (z - y).abs();
        return distance + (-2 * distance).exp().log1p() - Math.Log(2);
    }

    public static Tensor Pinball(Tensor z, Tensor y, IReadOnlyList<float> quantiles)
    {
        var error = y - z;
        return tensor(quantiles.ToArray()).SendTo(z.device) * error + functional.relu(-error);
    }

    public static Tensor Tweedie(Tensor z, Tensor y, float power) =>
        ((2 - power) * z).exp() / (2 - power) - y * ((1 - power) * z).exp() / (1 - power);

    // functional.softplus turns linear at 20; this form is exact, and its derivative never NaN.
    private static Tensor Softplus(Tensor x) => functional.relu(x) + (-x.abs()).exp().log1p();
}
