namespace MLExtensions.Networks.Engine;

/// <summary>The checks that every engine makes, so that all refuse the same things in the same words.</summary>
internal static class EngineArguments
{
    /// <summary>Throws unless layers, data and settings fit together.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The rows.</param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void Check(NetworkDescription network, DataBlock data, EngineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Layers is not [CustomLayer])
            NetworkChecks.Require(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(settings);

        if (data.FeatureCount != network.Inputs)
            throw new ArgumentException($"The network reads {Plural.Of(network.Inputs, "feature")}, the data has {data.FeatureCount}.", nameof(data));
        if (data.Features.Count != data.Rows || data.Features.Width != data.FeatureCount)
            throw new ArgumentException($"Expected {data.Rows} x {data.FeatureCount} features, got {data.Features.Count} x {data.Features.Width}.", nameof(data));
        if (data.Targets.Length != (long)data.Rows * data.TargetCount)
            throw new ArgumentException($"Expected {data.Rows} x {data.TargetCount} targets, got {data.Targets.Length}.", nameof(data));
        if (data.Weights != null && data.Weights.Length != data.Rows)
            throw new ArgumentException($"Expected {data.Rows} row weights, got {data.Weights.Length}.", nameof(data));
        if (!(settings.MeanWeight > 0 && double.IsFinite(settings.MeanWeight)))
            throw new ArgumentException(Invariant($"MeanWeight must be positive and finite, got {settings.MeanWeight}."), nameof(settings));
        if (settings.MaximumBatchRows < 1)
            throw new ArgumentException($"MaximumBatchRows must be at least 1, got {settings.MaximumBatchRows}.", nameof(settings));

        CheckRowLayout(network, data);
        CheckTargets(network, data, settings.Loss);
    }

    /// <summary>Throws unless a step can be taken on some rows.</summary>
    /// <param name="rows">Indices of rows.</param>
    /// <param name="data">The rows.</param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="ArgumentException">There are none, too many, or one outside the data.</exception>
    public static void CheckStep(ReadOnlySpan<int> rows, DataBlock data, EngineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(settings);

        if (rows.Length < 1 || rows.Length > settings.MaximumBatchRows)
            throw new ArgumentException($"A step needs from 1 to {Plural.Of(settings.MaximumBatchRows, "row")}, got {rows.Length}.", nameof(rows));
        CheckRows(rows, data);
    }

    /// <summary>Throws unless rows can be scored.</summary>
    /// <param name="rows">Indices of rows.</param>
    /// <param name="data">The rows.</param>
    /// <param name="outputs">The outputs of a row.</param>
    /// <param name="room">The values that the caller has room for.</param>
    /// <exception cref="ArgumentException">There is too little room, or a row outside the data.</exception>
    public static void CheckScore(ReadOnlySpan<int> rows, DataBlock data, int outputs, int room)
    {
        ArgumentNullException.ThrowIfNull(data);

        if (room < (long)rows.Length * outputs)
            throw new ArgumentException($"Expected room for {rows.Length} x {outputs} outputs, got {room}.", nameof(room));
        CheckRows(rows, data);
    }

    /// <summary>Throws unless weights are laid out as the network's are.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="layout">The layout of the network.</param>
    /// <exception cref="ArgumentException">They are of another network.</exception>
    public static void CheckLayout(NetworkWeights weights, ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(layout);

        if (weights.Layout.Length != layout.Length || !weights.Layout.Tensors.Select(t => t.Name).SequenceEqual(layout.Tensors.Select(t => t.Name)))
            throw new ArgumentException($"The weights are of another network: expected {layout.Length} values, got {weights.Layout.Length}.", nameof(weights));
    }

    /// <summary>
    /// Whether the target of a row is the index of a class, for the softmax of all outputs, rather than a value for each output.
    /// </summary>
    /// <param name="loss">The loss.</param>
    /// <param name="network">The network.</param>
    /// <param name="data">The rows.</param>
    public static bool HasClassIndices(Loss loss, NetworkDescription network, DataBlock data)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);

        return loss.TakesClassIndex(data.TargetCount, network.Outputs);
    }

    private static void CheckRowLayout(NetworkDescription network, DataBlock data)
    {
        var layout = data.Layout ?? RowLayout.Numbers(data.FeatureCount);
        if (layout.Width != data.FeatureCount)
            throw new ArgumentException($"The layout of the data must have {Plural.Of(data.FeatureCount, "slot")}, got {layout.Width}.", nameof(data));
        if (network.Layers[0].InputLayout is { } expected && !expected.Equals(layout))
            throw new ArgumentException($"The network reads rows of {expected}; the data has {layout}.", nameof(data));
        if (!layout.HasCategories || data.Features.Array is not { } features)
            return;

        for (int row = 0; row < data.Rows; row++)
        {
            var values = features.AsSpan(row * data.FeatureCount, data.FeatureCount);
            if (layout.FindInvalid(values) is { } category)
                throw new ArgumentException(Invariant($"Row {row} has {values[category.Slot]} in slot {category.Slot}: expected {category.Expected}."), nameof(data));
        }
    }

    private static void CheckTargets(NetworkDescription network, DataBlock data, Loss loss)
    {
        // An own loss gets whatever there is.
        if (loss is CustomLoss)
            return;

        bool isClass = HasClassIndices(loss, network, data);
        if (!isClass && (long)data.TargetCount * loss.OutputsPerTarget != network.Outputs)
        {
            throw new ArgumentException($"{loss.GetType().Name} with {Plural.Of(data.TargetCount, "target")} needs a network of " +
                $"{Plural.Of((long)data.TargetCount * loss.OutputsPerTarget, "output")}, got {network.Outputs}.", nameof(network));
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

    private static void CheckRows(ReadOnlySpan<int> rows, DataBlock data)
    {
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)data.Rows)
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"Row indices must be from 0 to {data.Rows - 1}, got {row}.");
        }
    }
}
