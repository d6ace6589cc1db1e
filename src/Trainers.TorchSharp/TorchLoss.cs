using static TorchSharp.torch.nn;

namespace MLExtensions.Trainers.TorchSharp;

/// <summary>The loss of a batch.</summary>
internal static class TorchLoss
{
    /// <summary>Σ wᵢ lossᵢ / (rows x mean weight), as a tensor of one value.</summary>
    /// <param name="settings">The loss of a row, and the mean weight.</param>
    /// <param name="outputs">The outputs of the last layer, [rows x outputs], of a network that is several at once [rows x members x outputs], a row for each member.</param>
    /// <param name="batch">The batch.</param>
    public static Tensor Mean(EngineSettings settings, Tensor outputs, TorchBatch batch)
    {
        long members = outputs.shape[0] / batch.Targets.shape[0];
        if (members > 1)
        {
            batch = batch with { Targets = batch.Targets.repeat_interleave(members, 0), Weights = batch.Weights?.repeat_interleave(members, 0) };
        }
        var losses = OfOutputs(settings.Loss, outputs, batch);
        if (batch.Weights is null)
            return settings.MeanWeight == 1 ? losses.mean() : losses.mean() / settings.MeanWeight;

        var rows = losses.dim() == 1 ? losses : losses.mean([1]);
        return (rows * batch.Weights).sum() / (settings.MeanWeight * rows.shape[0]);
    }

    /// <summary>Losses of rows, [rows], or of outputs, [rows x outputs], of which that of a row is the mean.</summary>
    private static Tensor OfOutputs(Loss loss, Tensor z, TorchBatch batch)
    {
        var y = batch.Targets;
        bool isClass = y.dtype == ScalarType.Int64;
        return loss switch
        {
            CrossEntropyLoss entropy => isClass
                ? functional.cross_entropy(z, y, reduction: Reduction.None, label_smoothing: entropy.LabelSmoothing)
                : TorchLosses.SigmoidCrossEntropy(z, y, entropy.LabelSmoothing),
            FocalLoss focal => isClass ? TorchLosses.SoftmaxFocal(z, y, focal.Gamma) : TorchLosses.SigmoidFocal(z, y, focal),
            SquaredErrorLoss => functional.mse_loss(z, y, Reduction.None),
            AbsoluteErrorLoss => functional.l1_loss(z, y, Reduction.None),
            HuberLoss huber => functional.huber_loss(z, y, huber.Delta, Reduction.None),
            LogCoshLoss => TorchLosses.LogCosh(z, y),
            QuantileLoss quantile => TorchLosses.Pinball(z, y, quantile.Quantiles),
            PoissonLoss => z.exp() - y * z,
            GammaLoss => z + y * (-z).exp(),
            TweedieLoss tweedie => TorchLosses.Tweedie(z, y, tweedie.Power),
            WeightedLabelsLoss weighted => OfOutputs(weighted.Inner, z, batch) * (1 + (tensor(weighted.Factors.ToArray()).SendTo(z.device) - 1) * y),
            MaskedLoss masked => Masked(masked, z, batch),
            CustomLoss custom => TorchHostLoss.OfRows(custom.Function, z, y),
            _ => throw new NotSupportedException($"The TorchSharp engine does not know the loss '{loss}'."),
        };
    }

    // Filled before the loss, since the derivative of 0 times NaN is NaN, and after it.
    private static Tensor Masked(MaskedLoss loss, Tensor z, TorchBatch batch)
    {
        var missing = batch.Targets.isnan();
        return OfOutputs(loss.Inner, z, batch with { Targets = batch.Targets.masked_fill(missing, 1) }).masked_fill(missing, 0);
    }
}
