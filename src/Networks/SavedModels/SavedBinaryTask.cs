namespace MLExtensions.Networks.SavedModels;

/// <summary>Two classes: one score, the logit of the positive one.</summary>
internal sealed class SavedBinaryTask : SavedTask
{
    private readonly SavedClasses _classes;
    private readonly float _temperature;

    public SavedBinaryTask(SavedNetwork saved)
    {
        if (saved.Network.Outputs != 1)
            throw new FormatException($"a network of {saved.Network.Outputs} outputs does not fit a score of one number");

        _classes = new(saved, 2, ofOld: ["False", "True"]);
        _temperature = saved.Temperature;
    }

    public override ModelTask Task => ModelTask.BinaryClassification;

    public override string? LabelColumn => _classes.Column;

    public override IReadOnlyList<string>? Names => _classes.Names;

    public override void Finish(Span<float> outputs) => outputs[0] /= _temperature;

    public override void FinishMember(Span<float> outputs)
    {
        Finish(outputs);
        TryGetProbabilities(outputs, outputs);
    }

    public override bool TryGetProbabilities(ReadOnlySpan<float> scores, Span<float> probabilities)
    {
        probabilities[0] = Probability.OfLogit(scores[0]);
        return true;
    }

    public override int ClassOf(ReadOnlySpan<float> scores) => scores[0] > 0 ? 1 : 0;

    public override string LabelOf(int index) => _classes.LabelOf(index);
}
