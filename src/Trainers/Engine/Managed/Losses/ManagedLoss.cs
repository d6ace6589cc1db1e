namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>Computes the loss of each row and the gradient of the weighted mean loss with respect to the outputs.</summary>
internal abstract class ManagedLoss
{
    /// <summary>The batch, whose targets and weights are read and whose losses are written.</summary>
    public required Batch Batch { get; init; }

    /// <summary>The outputs of the network, [batch x outputs].</summary>
    public required StripMatrix Outputs { get; init; }

    /// <summary>Receives the gradient, [batch x outputs], zero in the padding.</summary>
    public required StripMatrix Gradient { get; init; }

    /// <summary>Makes a loss.</summary>
    /// <param name="loss">Which.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="outputs">The outputs of the network.</param>
    /// <param name="gradient">The gradient.</param>
    public static ManagedLoss Create(Loss loss, Batch batch, StripMatrix outputs, StripMatrix gradient) => loss switch
    {
        Loss.SoftmaxCrossEntropy => new SoftmaxCrossEntropyLoss { Batch = batch, Outputs = outputs, Gradient = gradient },
        Loss.SigmoidCrossEntropy => new SigmoidCrossEntropyLoss { Batch = batch, Outputs = outputs, Gradient = gradient },
        Loss.SquaredError => new SquaredErrorLoss { Batch = batch, Outputs = outputs, Gradient = gradient },
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "The loss is not one of the enumeration."),
    };

    /// <summary>Computes losses and gradients.</summary>
    /// <param name="rows">Which rows of the batch.</param>
    public abstract void Compute(RowRange rows);
}
