using MLExtensions.Archives;

namespace MLExtensions.Networks.SavedModels;

/// <summary>From the outputs of a network that was read from an archive to what they tell, by the task. Immutable and thread-safe.</summary>
internal abstract class SavedTask
{
    /// <summary>The loaders by which archives name the tasks, and how each is read.</summary>
    private static readonly Dictionary<string, Func<SavedNetwork, TensorSet, SavedTask>> s_readers = new()
    {
        ["MLExtDeepMlpBinary"] = (saved, _) => new SavedBinaryTask(saved),
        ["MLExtDeepMlpMulticlass"] = (saved, _) => new SavedMulticlassTask(saved),
        ["MLExtDeepMlpMultilabel"] = (saved, _) => new SavedMultilabelTask(saved),
        ["MLExtDeepMlpRegression"] = (saved, tensors) => new SavedRegressionTask(saved, tensors),
    };

    /// <summary>The task.</summary>
    public abstract ModelTask Task { get; }

    /// <summary>The name of the label column; null in archives of before it was kept.</summary>
    public abstract string? LabelColumn { get; }

    /// <summary>What the scores are of: classes (two of one score), labels or quantiles; null where these have no names.</summary>
    public abstract IReadOnlyList<string>? Names { get; }

    /// <summary>Whether a loader reads networks.</summary>
    public static bool IsNetwork(string loader) => s_readers.ContainsKey(loader);

    /// <summary>Takes the part of the task.</summary>
    /// <exception cref="FormatException">It does not fit the network.</exception>
    public static SavedTask Read(string loader, SavedNetwork saved, TensorSet tensors) => s_readers[loader](saved, tensors);

    /// <summary>Turns the outputs of the last layer into scores, in place.</summary>
    public abstract void Finish(Span<float> outputs);

    /// <summary>Turns the outputs of one member into what the spread is measured in, in place.</summary>
    public abstract void FinishMember(Span<float> outputs);

    /// <summary>The probabilities that scores stand for; false where they stand for none.</summary>
    public virtual bool TryGetProbabilities(ReadOnlySpan<float> scores, Span<float> probabilities) => false;

    /// <summary>The class that scores tell; -1 where they tell none.</summary>
    public virtual int ClassOf(ReadOnlySpan<float> scores) => -1;

    /// <summary>A class as text, of which there is one.</summary>
    public virtual string LabelOf(int index) => Names![index];

    /// <summary>The interval around scores; null where the model knows none.</summary>
    public virtual (float Lower, float Upper)? IntervalOf(ReadOnlySpan<float> scores, int label) => null;
}
