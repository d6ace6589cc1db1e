using MLExtensions.Archives;

namespace MLExtensions.Networks.SavedModels;

/// <summary>The weights of a network as they stand in a model archive.</summary>
internal static class ArchivedWeights
{
    /// <summary>Takes the weights of a network, and refuses those that none has.</summary>
    /// <exception cref="FormatException">A tensor is missing, of another shape, or impossible.</exception>
    public static NetworkWeights Read(NetworkDescription network, TensorSet tensors)
    {
        // Every tensor is there, of the right size, before an array of their total size is made.
        var layout = new ParameterLayout(network);
        var values = layout.Tensors.Select(tensor => tensors.TakeSingles(tensor.Name, tensor.Shape)).ToArray();
        foreach (var (tensor, value) in layout.Tensors.Zip(values).Where(pair => pair.First.Role == ParameterRole.RunningVariance))
        {
            int negative = value.AsSpan().IndexOfAnyInRange(float.NegativeInfinity, -float.Epsilon);
            if (negative >= 0)
                throw new TensorFormatException(tensor.Name, negative, value[negative], "a variance, 0 or more");
        }
        foreach (var (tensor, value) in layout.Tensors.Zip(values).Where(pair => pair.First.Ascends))
            RequireAscending(tensor, value);
        var weights = new NetworkWeights(layout);
        foreach (var (tensor, value) in layout.Tensors.Zip(values))
            value.CopyTo(weights[tensor]);
        return weights;
    }

    // Quantiles and edges of bins, a row for each feature.
    private static void RequireAscending(ParameterTensor tensor, float[] values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            if (i % tensor.Shape[1] > 0 && values[i] < values[i - 1])
                throw new TensorFormatException(tensor.Name, i, values[i], Invariant($"at least {values[i - 1]}, the one before it"));
        }
    }
}
