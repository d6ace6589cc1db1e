namespace MLExtensions.Networks.Tests;

/// <summary>A scripted engine whose steps are queued; remembers how many losses were waiting when they were asked for.</summary>
internal sealed class QueuedScriptedEngine(ScriptedEngine script) : IMlpEngine, IQueuedMlpSession
{
    private readonly List<double> _losses = [];

    public string Name => script.Name;

    public List<int> Taken { get; } = [];

    public IMlpSession Open(NetworkDescription network, DataBlock data, EngineSettings settings)
    {
        script.Open(network, data, settings);
        return this;
    }

    public void Enqueue(ReadOnlySpan<int> rows, in StepSettings settings) => _losses.Add(script.Step(rows, settings));

    public double[] TakeLosses()
    {
        double[] losses = [.. _losses];
        Taken.Add(losses.Length);
        _losses.Clear();
        return losses;
    }

    public double Step(ReadOnlySpan<int> rows, in StepSettings settings) => throw new InvalidOperationException("A queued session is not asked to wait for a step.");

    public void Score(ReadOnlySpan<int> rows, Span<float> outputs) => script.Score(rows, outputs);

    public void GetWeights(NetworkWeights destination) => script.GetWeights(destination);

    public void SetWeights(NetworkWeights source) => script.SetWeights(source);

    public void GetAverages(NetworkWeights destination) => script.GetAverages(destination);

    public void UpdateStatistics(ReadOnlySpan<int> rows, float share) => script.UpdateStatistics(rows, share);

    public void Exchange(StateExchange state) => script.Exchange(state);

    public void Dispose() => script.Dispose();
}
