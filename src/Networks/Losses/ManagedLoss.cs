namespace MLExtensions.Networks.Losses;

/// <summary>Computes the loss of each row and the gradient of the weighted mean loss with respect to the outputs.</summary>
internal abstract class ManagedLoss
{
    /// <summary>The rows of the batch, whose targets and weights are read and whose losses are written.</summary>
    public LossRows Rows { get; private set; } = null!;

    /// <summary>The outputs of the network, [batch x outputs].</summary>
    public StripMatrix Outputs { get; private set; } = null!;

    /// <summary>Receives the gradient, [batch x outputs], zero in the padding.</summary>
    public StripMatrix Gradient { get; private set; } = null!;

    /// <summary>Makes a loss.</summary>
    /// <param name="loss">Which.</param>
    /// <param name="rows">The rows of the batch.</param>
    /// <param name="outputs">The outputs of the network.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="members">The networks whose outputs stand side by side in a row; 1 for one.</param>
    public static ManagedLoss Create(Loss loss, LossRows rows, StripMatrix outputs, StripMatrix gradient, int members = 1)
    {
        var made = members > 1
            ? new MembersLoss(loss, members, rows, outputs)
            : loss.MakeManaged(loss.TakesClassIndex(rows.TargetCount, outputs.Columns));
        (made.Rows, made.Outputs, made.Gradient) = (rows, outputs, gradient);
        return made;
    }

    /// <summary>Computes losses and gradients.</summary>
    /// <param name="rows">Which rows of the batch.</param>
    public abstract void Compute(RowRange rows);
}
