namespace MLExtensions.Networks.Managed;

/// <summary>Checks what a session is opened with, once, so that steps need not.</summary>
internal static class SessionArguments
{
    /// <summary>Throws unless data and settings fit the network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The rows.</param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void Check(NetworkDescription network, DataBlock data, EngineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(settings);

        if (data.FeatureCount != network.Inputs)
            throw new ArgumentException($"The network reads {network.Inputs} features, the data has {data.FeatureCount}.", nameof(data));
        if (data.Features.Count != data.Rows || data.Features.Width != data.FeatureCount)
            throw new ArgumentException($"Expected {data.Rows} x {data.FeatureCount} features, got {data.Features.Count} x {data.Features.Width}.", nameof(data));
        if (data.Targets.Length != (long)data.Rows * data.TargetCount)
            throw new ArgumentException($"Expected {data.Rows} x {data.TargetCount} targets, got {data.Targets.Length}.", nameof(data));
        if (data.Weights != null && data.Weights.Length != data.Rows)
            throw new ArgumentException($"Expected {data.Rows} row weights, got {data.Weights.Length}.", nameof(data));
        if (settings.MaximumBatchRows < 1)
            throw new ArgumentException($"MaximumBatchRows must be at least 1, got {settings.MaximumBatchRows}.", nameof(settings));

        CheckTargets(network, data, settings.Loss);
    }

    private static void CheckTargets(NetworkDescription network, DataBlock data, Loss loss)
    {
        // An own loss gets whatever there is.
        if (loss is CustomLoss)
            return;

        bool isClass = loss.TakesClassIndex(data.TargetCount, network.Outputs);
        if (!isClass && (long)data.TargetCount * loss.OutputsPerTarget != network.Outputs)
        {
            throw new ArgumentException($"{loss.GetType().Name} with {data.TargetCount} targets needs a network of " +
                $"{(long)data.TargetCount * loss.OutputsPerTarget} outputs, got {network.Outputs}.", nameof(network));
        }
        if (!isClass)
            return;

        foreach (float target in data.Targets)
        {
            // An index outside would address memory outside the matrix of gradients.
            if (!(target >= 0 && target < network.Outputs && target == MathF.Truncate(target)))
                throw new ArgumentException($"Class indices must be whole numbers from 0 to {network.Outputs - 1}, got {target}.", nameof(data));
        }
    }
}
