namespace MLExtensions.Networks.Probing;

/// <summary>
/// Rows once forward and backward through the layers of the training, as one batch on one thread: nothing is zeroed, mixed or disturbed at random, and
/// normalization goes by the batch.
/// </summary>
internal sealed class ProbePass
{
    private readonly NetworkDescription _description;
    private readonly ManagedNetwork _network;
    private readonly Batch _batch;
    private readonly ManagedLoss _loss;
    private readonly ParameterUpdater _updater;
    private readonly UnitStatistics[] _units;
    private readonly RowRange _rows;
    private readonly int _portionRows;

    /// <summary>Allocates everything.</summary>
    public ProbePass(NetworkDescription network, DataBlock data, ReadOnlySpan<int> rows, Loss loss, double meanWeight)
    {
        _description = network with { Layers = [.. network.Layers.Select(WithoutChance)] };
        var settings = new EngineSettings { Loss = loss, Optimizer = new SgdOptions(), MaximumBatchRows = rows.Length, Seed = 0, MeanWeight = meanWeight };
        EngineArguments.Check(_description, data, settings);
        EngineArguments.CheckStep(rows, data, settings);

        _batch = new Batch(data, rows.Length, meanWeight);
        _batch.Choose(rows);
        _batch.Weigh();
        _batch.GatherTargets(new RowRange(0, rows.Length));
        _rows = new RowRange(0, rows.Length);
        _network = new ManagedNetwork(_description, settings, _batch.Features, apart: true);
        _portionRows = MemberRows.PortionOf(_network.Members);
        _loss = ManagedLoss.Create(loss, _batch, _network.Outputs, _network.OutputGradient, _network.Members);
        _updater = new ParameterUpdater(null, new ParameterGroups(new ParameterLayout(network), settings.Update), _network.Parameters, settings.Update);
        _units = new UnitStatistics[_network.Layers.Length];
    }

    /// <summary>Lets the rows pass.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="gradients">Receives the gradients of the trained parameters.</param>
    /// <returns>What the units of each layer gave.</returns>
    public IReadOnlyList<UnitStatistics> Run(NetworkWeights weights, NetworkWeights gradients)
    {
        foreach (var layer in _network.Layers)
            layer.Import(weights);
        // The first layer may have worked in their place.
        _batch.GatherFeatures(_rows);

        foreach (var (index, layer) in _network.Layers.Index())
        {
            Forward(layer);
            _units[index] = Measure(_description.Layers[index], layer);
        }
        _loss.Compute(_rows);
        for (int index = _network.Layers.Length - 1; index >= 0; index--)
            Backward(_network.Layers[index]);

        _network.UpdateShares.Update(0, 1, _rows.Count, _updater, UpdatePart.Gradients);
        foreach (var layer in _network.Layers)
            layer.Export(_network.Parameters.Gradients, gradients);
        return _units;
    }

    private static Layer WithoutChance(Layer layer) => layer switch
    {
        DropoutLayer => new ActivationLayer(Activation.Identity),
        LinearLayer linear => linear with { DropConnectRate = 0 },
        _ => layer,
    };

    private void Forward(ManagedLayer layer)
    {
        if (layer is ManagedBatchNormalizationLayer normalization)
        {
            normalization.BatchRows = _rows.Count;
            normalization.SumForward(_rows);
            normalization.FinishForward();
        }
        var rows = _rows;
        while (RowRange.TakePortion(ref rows, _portionRows, out var portion))
            layer.Forward(MemberRows.Of(portion, layer.RowFactor), step: 0);
    }

    private void Backward(ManagedLayer layer)
    {
        if (layer is ManagedBatchNormalizationLayer normalization)
        {
            normalization.SumBackward(_rows);
            normalization.FinishBackward();
        }
        var rows = _rows;
        while (RowRange.TakePortion(ref rows, _portionRows, out var portion))
            layer.Backward(MemberRows.Of(portion, layer.RowFactor), step: 0);
    }

    private UnitStatistics Measure(Layer description, ManagedLayer layer)
    {
        var units = UnitStatistics.Of(layer.Output);
        if (!ProbedLayer.IsActivation(description) || description is MaxoutLayer || layer.Gradient is not { } slopes)
            return units;

        // What becomes of a gradient of 1 is the slope; the place of gradients is free until the loss is known.
        float[] ones = new float[slopes.Columns];
        Array.Fill(ones, 1);
        for (int row = 0; row < slopes.Rows; row++)
            slopes.SetRow(row, ones);
        Backward(layer);
        return units.With(slopes, layer.RowFactor, (description as ActivationLayer)?.Activation.SaturatedSlope);
    }
}
