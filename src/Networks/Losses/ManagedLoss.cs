using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Losses;

/// <summary>Computes the loss of each row and the gradient of the weighted mean loss with respect to the outputs.</summary>
internal abstract class ManagedLoss
{
    /// <summary>The batch, whose targets and weights are read and whose losses are written.</summary>
    public Batch Batch { get; private set; } = null!;

    /// <summary>The outputs of the network, [batch x outputs].</summary>
    public StripMatrix Outputs { get; private set; } = null!;

    /// <summary>Receives the gradient, [batch x outputs], zero in the padding.</summary>
    public StripMatrix Gradient { get; private set; } = null!;

    /// <summary>Makes a loss.</summary>
    /// <param name="loss">Which.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="outputs">The outputs of the network.</param>
    /// <param name="gradient">The gradient.</param>
    public static ManagedLoss Create(Loss loss, Batch batch, StripMatrix outputs, StripMatrix gradient)
    {
        var made = loss.TakesClassIndex(batch.TargetCount, outputs.Columns) ? OfClassIndices(loss) : OfValues(loss);
        (made.Batch, made.Outputs, made.Gradient) = (batch, outputs, gradient);
        return made;
    }

    /// <summary>Computes losses and gradients.</summary>
    /// <param name="rows">Which rows of the batch.</param>
    public abstract void Compute(RowRange rows);

    private static ManagedLoss OfClassIndices(Loss loss) => loss switch
    {
        CrossEntropyLoss { LabelSmoothing: 0 } => new SoftmaxCrossEntropyLoss(),
        CrossEntropyLoss smoothed => new SmoothedSoftmaxLoss(smoothed.LabelSmoothing),
        FocalLoss focal => new FocalSoftmaxLoss(focal.Gamma),
        _ => throw NoKernel(loss),
    };

    private static ManagedLoss OfValues(Loss loss) => loss switch
    {
        CrossEntropyLoss sigmoid => Elementwise(new SigmoidCrossEntropyFunction(sigmoid.LabelSmoothing)),
        FocalLoss focal => Elementwise(new FocalFunction(focal.Gamma, focal.Alpha)),
        SquaredErrorLoss => Elementwise(default(SquaredErrorFunction)),
        AbsoluteErrorLoss => Elementwise(default(AbsoluteErrorFunction)),
        HuberLoss huber => Elementwise(new HuberFunction(huber.Delta)),
        LogCoshLoss => Elementwise(default(LogCoshFunction)),
        PoissonLoss => Elementwise(default(PoissonFunction)),
        GammaLoss => Elementwise(default(GammaFunction)),
        TweedieLoss tweedie => Elementwise(new TweedieFunction(tweedie.Power)),
        QuantileLoss quantile => new PinballLoss([.. quantile.Quantiles]),
        CustomLoss custom => new HostLoss(custom.Function),
        WeightedLabelsLoss weighted => OfLabels(weighted),
        _ => throw NoKernel(loss),
    };

    private static ManagedLoss OfLabels(WeightedLabelsLoss loss)
    {
        var inner = OfValues(loss.Inner) as ElementwiseLoss ?? throw NoKernel(loss);
        inner.TrueFactors = [.. loss.Factors];
        return inner;
    }

    private static ElementwiseLoss<TFunction> Elementwise<TFunction>(TFunction function)
        where TFunction : struct, ILossKernel => new(function);

    private static NotSupportedException NoKernel(Loss loss) => new($"The managed engine has no kernel for the loss '{loss}'.");
}
