using System.Buffers;
using MLExtensions.Networks.SavedModels;

namespace MLExtensions.Networks;

/// <summary>
/// A trained model as <c>ml.Model.Save</c> wrote it, read and scored without ML.NET: in programs that are trimmed or compiled ahead of time, and
/// wherever ML.NET is too large. Scores are those that ML.NET's <c>Transform</c> gives, to the bit. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// Read are networks of every task, with their input scaling, embeddings, ensembles, calibration and label transforms, and <c>EncodeTable</c> as the step before one, but for
/// columns of times: then rows of the table are scored (<see cref="NewRow"/>), or features as it makes them. Other steps before the network
/// are refused by name, since the features would be wrong without them; steps behind it change no score, and are left out (<see cref="StepsLeftOut"/>).
/// </para>
/// </remarks>
public sealed class ModelScorer
{
    private readonly SavedNetwork _saved;
    private readonly SavedTask _task;
    private readonly INetworkScorer _scorer;
    private readonly RowLayout _layout;
    private readonly ScoreSpread? _spread;
    private readonly TableReader? _table;

    internal ModelScorer(SavedNetwork saved, NetworkWeights weights, SavedTask task, TableReader? table, IReadOnlyList<string> stepsLeftOut)
    {
        (_saved, _task, _table, StepsLeftOut) = (saved, task, table, stepsLeftOut);
        _scorer = NetworkScorer.Of(saved.Network, weights);
        _layout = saved.Network.Layout ?? RowLayout.Numbers(saved.Network.Inputs);
        if (saved.Spread is { } spread)
            _spread = new(MemberScorers.Of(saved.Network, weights, spread.DropoutPasses, spread.Seed), task.FinishMember);
    }

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">The file, a <c>.zip</c> as <c>ml.Model.Save</c> writes it.</param>
    /// <param name="allowedBytes">
    /// To how many bytes the entries that are read may unpack, where a model that is trusted needs more than the usual 256 MiB or a hundred times its packed size.
    /// </param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">It is no model, or is damaged, or has a column of times or a network that is code of an application; the message names entry and cause.</exception>
    /// <exception cref="NotSupportedException">The model has a step before its network that is not read here, or no network, or several; the message names them.</exception>
    public static ModelScorer Load(string path, long allowedBytes = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // Whoever replaces the file by a new one may do so while it is read.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return Load(stream, allowedBytes);
    }

    /// <summary>Reads a model from a stream.</summary>
    /// <param name="stream">The archive; it is left open.</param>
    /// <param name="allowedBytes">As above.</param>
    /// <exception cref="FormatException">It is no model, or is damaged, or has a column of times or a network that is code of an application; the message names entry and cause.</exception>
    /// <exception cref="NotSupportedException">The model has a step before its network that is not read here, or no network, or several; the message names them.</exception>
    public static ModelScorer Load(Stream stream, long allowedBytes = 0)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegative(allowedBytes);

        return ModelReader.Read(stream, allowedBytes);
    }

    /// <summary>What the model tells of a row.</summary>
    public ModelTask Task => _task.Task;

    /// <summary>The layers.</summary>
    public NetworkDescription Network => _saved.Network;

    /// <summary>The number of features that a row has.</summary>
    public int FeatureCount => _saved.Network.Inputs;

    /// <summary>The number of scores that a row gets.</summary>
    public int ScoreCount => _saved.Network.Outputs;

    /// <summary>The name of the feature column that the model was trained on.</summary>
    public string FeatureColumn => _saved.FeatureColumn;

    /// <summary>The name of the label column; null for several labels, and in archives of before it was kept.</summary>
    public string? LabelColumn => _task.LabelColumn;

    /// <summary>The names of the features, empty where one has none; null where none has, or where they are more than 4,096, of which archives keep hashes.</summary>
    public IReadOnlyList<string>? FeatureNames => _saved.FeatureNames?.Texts;

    /// <summary>
    /// What is told apart: the values of the classes, of two the negative one first; the names of several labels; those of quantiles. Null where these have no names, as keys
    /// without values have none.
    /// </summary>
    public IReadOnlyList<string>? Names => _task.Names;

    /// <summary>The steps behind the network, by the names that archives give them, which are not read: explanations, and whatever else follows the scores.</summary>
    public IReadOnlyList<string> StepsLeftOut { get; }

    /// <summary>Whether <see cref="ScoreStandardDeviation"/> knows how far the members of the ensemble are apart.</summary>
    public bool HasStandardDeviation => _spread is not null;

    /// <summary>Scores a row.</summary>
    /// <param name="features">The features, <see cref="FeatureCount"/> numbers, as the feature column had them. NaN stands for a missing one where training rows missed it too.</param>
    /// <param name="scores">
    /// Receives <see cref="ScoreCount"/> scores: the logit of the positive class (binary) or of true (multilabel), the probabilities of the classes (multiclass), the
    /// values in units of the label (regression).
    /// </param>
    /// <exception cref="ArgumentException">A span has the wrong length, or a feature is infinite, missing where it may not be, or no index of its categories.</exception>
    /// <exception cref="InvalidOperationException">The scores are not finite: the features are too large.</exception>
    public void Score(ReadOnlySpan<float> features, Span<float> scores)
    {
        RequireUsable(features);
        RequireRoom(scores, nameof(scores));

        _scorer.Score(features, scores);
        _task.Finish(scores);
        RequireFinite(scores);
    }

    /// <summary>Whether the model was trained on a table, of which <see cref="NewRow"/> makes rows.</summary>
    public bool HasTable => _table is not null;

    /// <summary>Makes a row of the table that the model was trained on, to be filled and scored by one thread.</summary>
    /// <exception cref="InvalidOperationException">The model takes features as they are.</exception>
    public ModelRow NewRow() => new(_table ?? throw new InvalidOperationException($"The model takes {Plural.Of(FeatureCount, "feature")} as they are, and has no EncodeTable before its network: give them to Score."));

    /// <summary>Scores a row of the table.</summary>
    /// <param name="row">A row that <see cref="NewRow"/> of this model made.</param>
    /// <param name="scores">Receives <see cref="ScoreCount"/> scores, as above.</param>
    /// <exception cref="ArgumentException">The row is of another model, the span has the wrong length, or a number is infinite or missing where it may not be.</exception>
    /// <exception cref="InvalidOperationException">A value that cannot be missing was not set, or the scores are not finite.</exception>
    public void Score(ModelRow row, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!row.IsOf(_table))
            throw new ArgumentException("The row was made by another model: make it by NewRow of this one.", nameof(row));

        float[] features = ArrayPool<float>.Shared.Rent(FeatureCount);
        try
        {
            row.Write(features);
            Score(features.AsSpan(0, FeatureCount), scores);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(features);
        }
    }

    /// <summary>Measures how far apart the members of the ensemble are for a row, or passes with dropout, as <c>ScoreStandardDeviation</c> of ML.NET's columns does.</summary>
    /// <param name="features">The features, as <see cref="Score(ReadOnlySpan{float}, Span{float})"/> takes them.</param>
    /// <param name="deviations">Receives <see cref="ScoreCount"/> standard deviations: of probabilities, or in units of the label.</param>
    /// <exception cref="ArgumentException">As in <see cref="Score(ReadOnlySpan{float}, Span{float})"/>.</exception>
    /// <exception cref="InvalidOperationException">The model was not trained to measure it, or the features are too large.</exception>
    public void ScoreStandardDeviation(ReadOnlySpan<float> features, Span<float> deviations)
    {
        RequireUsable(features);
        RequireRoom(deviations, nameof(deviations));

        var spread = _spread ?? throw new InvalidOperationException("The model measures no standard deviation: train it with DeepMlpOptions.ScoreStandardDeviation.");
        spread.Measure(features, deviations);
        RequireFinite(deviations);
    }

    /// <summary>The probabilities that scores stand for: of the positive class (binary), of each class (multiclass), of each label (multilabel).</summary>
    /// <param name="scores">The scores of a row.</param>
    /// <param name="probabilities">Receives <see cref="ScoreCount"/> probabilities; may be <paramref name="scores"/> itself.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The model is a regression.</exception>
    public void Probabilities(ReadOnlySpan<float> scores, Span<float> probabilities)
    {
        RequireRoom(scores, nameof(scores));
        RequireRoom(probabilities, nameof(probabilities));

        if (!_task.TryGetProbabilities(scores, probabilities))
            throw new InvalidOperationException("The scores of a regression are amounts, and stand for no probabilities.");
    }

    /// <summary>The class that scores tell, counted from 0: of two 1 for the positive one; the first of equally likely ones.</summary>
    /// <param name="scores">The scores of a row.</param>
    /// <exception cref="ArgumentException">The span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The model tells no single class.</exception>
    public int PredictedClass(ReadOnlySpan<float> scores)
    {
        RequireRoom(scores, nameof(scores));

        return _task.ClassOf(scores) is >= 0 and var index ? index
            : throw new InvalidOperationException($"A model for {Task} tells no single class of a row: read its scores{(Task == ModelTask.MultilabelClassification ? ", of which those above 0 say true" : "")}.");
    }

    /// <summary>The label that scores tell: its value as text, as ML.NET's <c>PredictedLabel</c> has it; of keys without values the number of the key.</summary>
    /// <param name="scores">The scores of a row.</param>
    /// <exception cref="ArgumentException">The span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The model tells no single class.</exception>
    public string PredictedLabel(ReadOnlySpan<float> scores) => _task.LabelOf(PredictedClass(scores));

    /// <summary>The interval in which the label of a row lies with the probability that training was asked for.</summary>
    /// <param name="scores">The scores of the row.</param>
    /// <param name="label">Which of several labels, counted from 0.</param>
    /// <exception cref="ArgumentException">The span has the wrong length, or there is no such label.</exception>
    /// <exception cref="InvalidOperationException">The model knows no intervals.</exception>
    public (float Lower, float Upper) IntervalOf(ReadOnlySpan<float> scores, int label = 0)
    {
        RequireRoom(scores, nameof(scores));

        return _task.IntervalOf(scores, label) ?? throw new InvalidOperationException("The model has no intervals: train it with DeepMlpOptions.PredictionInterval.");
    }

    private void RequireUsable(ReadOnlySpan<float> features)
    {
        if (features.Length != FeatureCount)
            throw new ArgumentException($"Expected {Plural.Of(FeatureCount, "feature")}, got {features.Length}.", nameof(features));
        if (_layout.FindNotFinite(features) is >= 0 and var slot)
        {
            throw new ArgumentException(Invariant($"Feature {slot} (counted from 0){NameOf(slot)} is {features[slot]}: expected a finite number") +
                (float.IsNaN(features[slot]) && _layout.Missing.Count > 0 ? ", since no training row lacks this one." : "."), nameof(features));
        }
        if (_layout.FindInvalid(features) is { } category)
            throw new ArgumentException(Invariant($"Feature {category.Slot} (counted from 0){NameOf(category.Slot)} is {features[category.Slot]}: expected {category.Expected}, or NaN for none."), nameof(features));
    }

    private string NameOf(int slot) => FeatureNames?[slot] is { Length: > 0 } name ? $" ('{name}')" : "";

    private void RequireRoom(ReadOnlySpan<float> values, string parameter)
    {
        if (values.Length != ScoreCount)
            throw new ArgumentException($"Expected {Plural.Of(ScoreCount, "number")}, one for each score, got {values.Length}.", parameter);
    }

    private static void RequireFinite(ReadOnlySpan<float> scores)
    {
        foreach (float score in scores)
        {
            if (!float.IsFinite(score))
                throw new InvalidOperationException("The row gives scores that are not finite: its features are too large. Scale them as the training rows were.");
        }
    }
}
