using System.Collections.Concurrent;
using Microsoft.ML;

namespace MLExtensions.TestSupport;

/// <summary>Prediction engines over one loaded model, lent to one thread at a time, as a web service's pool lends them.</summary>
public sealed class EnginePool<TInput, TOutput>(string modelFile)
    where TInput : class
    where TOutput : class, new()
{
    private readonly ConcurrentBag<PredictionEngine<TInput, TOutput>> _idle = [];
    private readonly MLContext _ml = new();
    private readonly Lazy<ITransformer> _model = new(() => new MLContext().Model.Load(modelFile, out _));

    public TOutput Predict(TInput example)
    {
        if (!_idle.TryTake(out var engine))
            engine = _ml.Model.CreatePredictionEngine<TInput, TOutput>(_model.Value);
        var prediction = engine.Predict(example);
        _idle.Add(engine);
        return prediction;
    }
}
