namespace MLExtensions.Networks.Averaging;

/// <summary>Puts averaged weights into a session while an epoch is validated, and the present ones back.</summary>
/// <param name="layout">The parameters.</param>
internal abstract class AveragedWeights(ParameterLayout layout)
{
    private readonly NetworkWeights _present = new(layout);
    private readonly NetworkWeights _averages = new(layout);

    private int _hasAverages;

    /// <summary>Whether there are averages.</summary>
    public bool HasAverages => _hasAverages == 1;

    /// <summary>The averages that an option asks for, or null.</summary>
    /// <param name="options">The option.</param>
    /// <param name="layout">The parameters.</param>
    /// <param name="stepsPerEpoch">The steps of the first epoch.</param>
    public static AveragedWeights? Create(WeightAveragingOptions? options, ParameterLayout layout, int stepsPerEpoch) => options switch
    {
        ExponentialAveragingOptions exponential when exponential.DecayFor(stepsPerEpoch) is null => null,
        ExponentialAveragingOptions => new ExponentialAverages(layout),
        StochasticAveragingOptions stochastic => new StochasticAverages(stochastic, layout),
        _ => null,
    };

    /// <summary>Takes the end of an epoch into the averages and lets the session have them.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="session">The session.</param>
    /// <param name="batches">The number of batches.</param>
    /// <param name="rowsOf">Gives the training rows of a batch; asked once for each, from the first to the last.</param>
    /// <returns>Whether there are averages: then <see cref="Leave"/> must follow.</returns>
    public bool Enter(int epoch, IMlpSession session, int batches, BatchRows rowsOf)
    {
        if (!Take(epoch, session, _averages))
            return false;

        _hasAverages = 1;
        session.GetWeights(_present);
        session.SetWeights(_averages);
        if (GathersStatistics && layout.Length > layout.TrainedLength)
        {
            for (int batch = 0; batch < batches; batch++)
                session.UpdateStatistics(rowsOf(batch), 1f / (batch + 1));
            session.GetWeights(_averages);
        }
        return true;
    }

    /// <summary>Gives the session its present weights back.</summary>
    public void Leave(IMlpSession session) => session.SetWeights(_present);

    /// <summary>Copies the averages of the last epoch.</summary>
    public void CopyTo(NetworkWeights destination) => _averages.Values.CopyTo(destination.Values, 0);

    /// <summary>Gives or sets the averages.</summary>
    public virtual void Exchange(StateExchange state)
    {
        state.Number("present", ref _hasAverages);
        state.Values("weights", _averages.Values);
    }

    /// <summary>Whether the statistics of the averages are gathered by a pass over the training rows.</summary>
    protected abstract bool GathersStatistics { get; }

    /// <summary>Brings the averages up to the end of an epoch; whether there are any yet.</summary>
    protected abstract bool Take(int epoch, IMlpSession session, NetworkWeights averages);

    private sealed class ExponentialAverages(ParameterLayout layout) : AveragedWeights(layout)
    {
        protected override bool GathersStatistics => false;

        protected override bool Take(int epoch, IMlpSession session, NetworkWeights averages)
        {
            session.GetAverages(averages);
            return true;
        }
    }

    private sealed class StochasticAverages(StochasticAveragingOptions options, ParameterLayout layout) : AveragedWeights(layout)
    {
        private readonly NetworkWeights _latest = new(layout);
        private readonly double[] _means = new double[layout.Length];
        private int _count;

        protected override bool GathersStatistics => true;

        public override void Exchange(StateExchange state)
        {
            base.Exchange(state);
            state.Number("count", ref _count);
            double[]? means = _means;
            state.Values("means", ref means);
            means?.CopyTo(_means, 0);
        }

        protected override bool Take(int epoch, IMlpSession session, NetworkWeights averages)
        {
            if (epoch < options.FromEpoch)
                return false;

            session.GetWeights(_latest);
            _count++;
            for (int i = 0; i < _means.Length; i++)
            {
                _means[i] += (_latest.Values[i] - _means[i]) / _count;
                averages.Values[i] = (float)_means[i];
            }
            return true;
        }
    }
}

/// <summary>Gives the rows of a batch.</summary>
internal delegate ReadOnlySpan<int> BatchRows(int batch);
