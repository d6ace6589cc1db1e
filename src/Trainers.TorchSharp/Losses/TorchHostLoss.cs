namespace MLExtensions.Trainers.TorchSharp.Losses;

/// <summary>A loss that the application brought, computed on the host.</summary>
internal static class TorchHostLoss
{
    /// <summary>The losses of rows, [rows], as a function of the outputs whose derivative is the one that the loss gives.</summary>
    public static Tensor OfRows(ILossFunction function, Tensor outputs, Tensor targets)
    {
        int rows = (int)outputs.shape[0], count = (int)outputs.shape[1], targetCount = (int)targets.shape[1];
        float[] z = outputs.detach().cpu().data<float>().ToArray(), y = targets.cpu().data<float>().ToArray();
        float[] losses = new float[rows], gradients = new float[z.Length];
        for (int row = 0; row < rows; row++)
        {
            losses[row] = (float)function.Compute(z.AsSpan(row * count, count), y.AsSpan(row * targetCount, targetCount),
                gradients.AsSpan(row * count, count));
        }

        // Of the second term the value is zero and the derivative is the gradient.
        var gradient = tensor(gradients, [rows, count], device: outputs.device);
        return tensor(losses, device: outputs.device) + (gradient * (outputs - outputs.detach())).sum(1);
    }
}
