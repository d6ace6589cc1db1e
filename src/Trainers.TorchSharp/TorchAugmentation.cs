namespace MLExtensions.Trainers.TorchSharp;

/// <summary>What changes the rows of a batch before the network sees them, drawn as in the managed engine: mixing, then noise.</summary>
internal sealed class TorchAugmentation
{
    private readonly SessionSetup _setup;
    private readonly RowMixer? _mixer;
    private readonly FeatureNoise? _noise;
    private readonly float[] _noiseValues;
    private int _step;

    private TorchAugmentation(SessionSetup setup)
    {
        _setup = setup;
        var (settings, features, layout) = (setup.Settings, setup.Data.FeatureCount, setup.Data.Layout);
        _mixer = settings.Mixing is { } mixing ? new RowMixer(mixing, features, settings.Seed, layout) : null;
        _noise = settings.InputNoise > 0 ? new FeatureNoise(settings.InputNoise, features, settings.Seed, layout) : null;
        _noiseValues = new float[_noise is null ? 0 : settings.MaximumBatchRows * features];
    }

    /// <summary>What the settings ask for; null for nothing.</summary>
    /// <param name="setup">The session.</param>
    public static TorchAugmentation? Create(SessionSetup setup) =>
        setup.Settings is { InputNoise: 0, Mixing: null } ? null : new TorchAugmentation(setup);

    /// <summary>Gives or sets the number of the step, on which all that is drawn depends.</summary>
    public void Exchange(StateExchange state) => state.Number("step", ref _step);

    /// <summary>The mean loss of a batch after its rows were changed; counts the steps.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="forward">The outputs of the network for features.</param>
    public Tensor MeanLoss(TorchBatch batch, Func<Tensor, Tensor> forward)
    {
        int step = _step++;
        var settings = _setup.Settings;
        if (_mixer is null || !_mixer.Draw(step, (int)batch.Features.shape[0]))
            return TorchLoss.Mean(settings, forward(AddNoise(batch.Features, step)), batch);

        var partner = new TorchBatch(Roll(batch.Features), Roll(batch.Targets), batch.Weights is null ? null : Roll(batch.Weights));
        var keep = tensor(_mixer.Keep.ToArray()).SendTo(batch.Features.device);
        var outputs = forward(AddNoise(partner.Features + keep * (batch.Features - partner.Features), step));
        using Scalar share = _mixer.Share;
        if (!settings.MixTargets)
            return Mix(TorchLoss.Mean(settings, outputs, batch), TorchLoss.Mean(settings, outputs, partner), share);
        if (batch.Weights is null)
            return TorchLoss.Mean(settings, outputs, batch with { Targets = Mix(batch.Targets, partner.Targets, share) });

        // A label goes with its weight: the mixed one is the weighted mean, so that mixing moves no mean of the labels.
        using Scalar otherShare = 1 - _mixer.Share;
        var own = batch.Weights.mul(share);
        var weights = own + partner.Weights!.mul(otherShare);
        var ownShare = where(weights > 0, own / weights, full_like(own, share)).unsqueeze(1);
        var targets = partner.Targets + ownShare * (batch.Targets - partner.Targets);
        return TorchLoss.Mean(settings, outputs, new TorchBatch(batch.Features, targets, weights));
    }

    private Tensor AddNoise(Tensor features, int step)
    {
        if (_noise is null)
            return features;

        int length = checked((int)features.numel());
        _noise.Fill(step, _noiseValues.AsSpan(0, length));
        return features + tensor(_noiseValues.AsSpan(0, length).ToArray(), features.shape).SendTo(features.device);
    }

    private static Tensor Mix(Tensor own, Tensor other, Scalar share) => other.add((own - other).mul(share));

    private Tensor Roll(Tensor rows) => rows.roll(-_mixer!.Shift, 0);
}
