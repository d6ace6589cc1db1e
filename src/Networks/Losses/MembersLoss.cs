namespace MLExtensions.Networks.Losses;

/// <summary>
/// The mean of the losses of members, whose outputs stand side by side in a row: each is trained by its own, not by the loss of the mean,
/// under which members would lean on one another.
/// </summary>
internal sealed class MembersLoss : ManagedLoss
{
    private readonly ManagedLoss _inner;
    private readonly int _members;
    private readonly float[] _sums;

    /// <summary>Makes the loss of one member for all.</summary>
    /// <param name="loss">The loss of one.</param>
    /// <param name="members">How many there are.</param>
    /// <param name="rows">The rows of the batch.</param>
    /// <param name="outputs">The outputs of all, [batch x members x outputs].</param>
    public MembersLoss(Loss loss, int members, LossRows rows, StripMatrix outputs)
    {
        _members = members;
        int own = outputs.Columns / members;
        _inner = Create(loss, rows, new StripMatrix(outputs.Rows, own), new StripMatrix(outputs.Rows, own));
        _sums = new float[outputs.Rows];
    }

    public override void Compute(RowRange rows)
    {
        int own = _inner.Outputs.Columns;
        var losses = Rows.Losses.AsSpan(rows.First, rows.Count);
        var sums = _sums.AsSpan(rows.First, rows.Count);
        sums.Clear();
        for (int member = 0; member < _members; member++)
        {
            for (int row = rows.First; row < rows.End; row++)
            {
                for (int i = 0; i < own; i++)
                    _inner.Outputs[row, i] = Outputs[row, member * own + i];
            }
            _inner.Compute(rows);
            for (int row = rows.First; row < rows.End; row++)
            {
                for (int i = 0; i < own; i++)
                    Gradient[row, member * own + i] = _inner.Gradient[row, i] / _members;
            }
            for (int i = 0; i < sums.Length; i++)
                sums[i] += losses[i];
        }
        for (int i = 0; i < sums.Length; i++)
            losses[i] = sums[i] / _members;
    }
}
