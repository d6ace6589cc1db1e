namespace MLExtensions.Networks;

/// <summary>
/// A loss of your own: <c>Loss = new CustomLoss(new MyLoss())</c>. A model does not need its loss to score, so that it loads without
/// it.
/// </summary>
/// <param name="Function">The loss and its gradient.</param>
/// <remarks>
/// On libtorch outputs are brought to the processor for it, and the gradient back: on a GPU every step waits for that.
/// </remarks>
public sealed record CustomLoss(ILossFunction Function) : Loss
{
    /// <inheritdoc/>
    public override LossTasks Tasks => Function?.Tasks ?? LossTasks.None;

    internal override IEnumerable<string> Validate() => Function is null ? ["Function must not be null"] : [];

    internal override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets) =>
        Function.Compute(outputs, targets, new float[outputs.Length]);
}
