namespace MLExtensions.Networks.Tests;

/// <summary>
/// An engine that computes nothing: losses and outputs follow a script, all weights are the number of steps so far, and
/// whatever it is asked is remembered.
/// </summary>
internal sealed class ScriptedEngine : IMlpEngine, IMlpSession
{
    /// <summary>The loss of a step, counted from 1.</summary>
    public Func<int, double> Loss { get; init; } = _ => 1;

    /// <summary>An output of a row (number of steps so far, row, output).</summary>
    public Func<int, int, int, float> Output { get; init; } = (_, _, _) => 0;

    /// <summary>All weights, by the number of steps so far.</summary>
    public Func<int, float> Weight { get; init; } = steps => steps;

    /// <summary>All averages, by the number of steps so far.</summary>
    public Func<int, float> Average { get; init; } = steps => -steps;

    /// <summary>Whatever weights were set, in order.</summary>
    public List<float[]> SetWeightsSeen { get; } = [];

    /// <summary>The rows whose statistics were gathered, with their shares.</summary>
    public List<(int[] Rows, float Share)> StatisticsRows { get; } = [];

    /// <summary>Is called within a step, counted from 1.</summary>
    public Action<int> DuringStep { get; init; } = _ => { };

    public string Name => "scripted";

    public NetworkDescription? Network { get; private set; }

    public DataBlock? Data { get; private set; }

    public EngineSettings? Settings { get; private set; }

    /// <summary>The weights that the first step began with.</summary>
    public float[] StartWeights { get; private set; } = [];

    public List<int[]> Batches { get; } = [];

    public List<StepSettings> Steps { get; } = [];

    public IEnumerable<float> LearningRates => Steps.Select(step => step.LearningRate);

    public List<int[]> ScoredRows { get; } = [];

    public bool IsDisposed { get; private set; }

    public IMlpSession Open(NetworkDescription network, DataBlock data, EngineSettings settings)
    {
        (Network, Data, Settings) = (network, data, settings);
        return this;
    }

    public double Step(ReadOnlySpan<int> rows, in StepSettings settings)
    {
        Batches.Add(rows.ToArray());
        Steps.Add(settings);
        DuringStep(Batches.Count);
        return Loss(Batches.Count);
    }

    public void Score(ReadOnlySpan<int> rows, Span<float> outputs)
    {
        ScoredRows.Add(rows.ToArray());
        int count = Network!.Outputs;
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = Output(Batches.Count, rows[i / count], i % count);
    }

    public void GetWeights(NetworkWeights destination) => destination.Values.AsSpan().Fill(Weight(Batches.Count));

    public void SetWeights(NetworkWeights source)
    {
        if (Batches.Count == 0)
            StartWeights = [.. source.Values];
        SetWeightsSeen.Add([.. source.Values]);
    }

    public void GetAverages(NetworkWeights destination) => destination.Values.AsSpan().Fill(Average(Batches.Count));

    public void UpdateStatistics(ReadOnlySpan<int> rows, float share) => StatisticsRows.Add((rows.ToArray(), share));

    public void Exchange(StateExchange state)
    {
    }

    public void Dispose() => IsDisposed = true;
}
