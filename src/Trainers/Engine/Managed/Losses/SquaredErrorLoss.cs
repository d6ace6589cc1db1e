namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>Σ (z - y)² / outputs; gradient weight x 2 (z - y) / outputs.</summary>
internal sealed class SquaredErrorLoss : ManagedLoss
{
    public override void Compute(RowRange rows)
    {
        int outputs = Outputs.Columns;
        for (int row = rows.First; row < rows.End; row++)
        {
            float scale = Batch.Weights[row] * 2 / outputs;
            float sum = 0;
            for (int i = 0; i < outputs; i++)
            {
                float error = Outputs[row, i] - Batch.Targets[row * outputs + i];
                sum += error * error;
                Gradient[row, i] = scale * error;
            }

            Batch.Losses[row] = sum / outputs;
        }
    }
}
