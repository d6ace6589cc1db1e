namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>max(z, 0) - z y + log(1 + exp(-|z|)); gradient weight x (sigmoid(z) - y).</summary>
internal sealed class SigmoidCrossEntropyLoss : ManagedLoss
{
    public override void Compute(RowRange rows)
    {
        for (int row = rows.First; row < rows.End; row++)
        {
            float logit = Outputs[row, 0];
            float target = Batch.Targets[row];
            FloatScalar exp = VectorMath.Exp(FloatScalar.Create(-MathF.Abs(logit)));
            Batch.Losses[row] = MathF.Max(logit, 0) - logit * target + VectorMath.LogOnePlus(exp).Value;
            Gradient[row, 0] = Batch.Weights[row] * (VectorMath.Sigmoid(FloatScalar.Create(logit)).Value - target);
        }
    }
}
