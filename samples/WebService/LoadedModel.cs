using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Samples;

/// <summary>A model that was read whole, with engines for as many requests as there are at once: an engine is for one at a time.</summary>
internal sealed class LoadedModel
{
    private readonly MLContext _ml = new();
    private readonly ITransformer _model;
    private readonly ConcurrentBag<PredictionEngine<Person, Prediction>> _engines = [];
    private readonly string[] _features;

    /// <summary>Reads a model, and answers a first row by it, so that one that does not fit is refused here and no request waits for code to be compiled.</summary>
    public LoadedModel(byte[] archive)
    {
        // Nothing of the model is named here: a plain context loads it, and rows need no label.
        _model = _ml.Model.Load(new MemoryStream(archive), out _);
        Version = Convert.ToHexStringLower(SHA256.HashData(archive))[..12];

        // The model was saved with the reasons for its scores: a number for each feature, by name.
        var engine = NewEngine();
        VBuffer<ReadOnlyMemory<char>> features = default;
        engine.OutputSchema["FeatureContributions"].GetSlotNames(ref features);
        _features = [.. features.DenseValues().Select(name => name.ToString())];
        _engines.Add(engine);
        Predict(new Person());
    }

    /// <summary>The first digits of the SHA-256 of the file.</summary>
    public string Version { get; }

    public DateTimeOffset Loaded { get; } = DateTimeOffset.UtcNow;

    /// <summary>Answers a row; any number of requests may ask at once.</summary>
    public Answer Predict(Person person)
    {
        var engine = _engines.TryTake(out var free) ? free : NewEngine();
        try
        {
            var prediction = engine.Predict(person);
            var reasons = _features.Zip(prediction.FeatureContributions, (feature, logit) => new Reason(feature, logit)).OrderByDescending(reason => Math.Abs(reason.Logit)).Take(3);
            return new Answer(prediction.PredictedLabel, prediction.Probability, [.. reasons]);
        }
        finally
        {
            _engines.Add(engine);
        }
    }

    private PredictionEngine<Person, Prediction> NewEngine() => _ml.Model.CreatePredictionEngine<Person, Prediction>(_model);
}
