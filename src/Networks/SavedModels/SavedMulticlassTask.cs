namespace MLExtensions.Networks.SavedModels;

/// <summary>Several classes: scores are their probabilities.</summary>
internal sealed class SavedMulticlassTask(SavedNetwork saved) : SavedTask
{
    private readonly SavedClasses _classes = new(saved, saved.Network.Outputs, ofOld: null);
    private readonly float _temperature = saved.Temperature;

    public override ModelTask Task => ModelTask.MulticlassClassification;

    public override string? LabelColumn => _classes.Column;

    public override IReadOnlyList<string>? Names => _classes.Names;

    public override void Finish(Span<float> outputs) => Softmax.Apply(outputs, _temperature);

    public override void FinishMember(Span<float> outputs) => Finish(outputs);

    public override bool TryGetProbabilities(ReadOnlySpan<float> scores, Span<float> probabilities)
    {
        scores.CopyTo(probabilities);
        return true;
    }

    // The first of equally likely ones.
    public override int ClassOf(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }
        return best;
    }

    public override string LabelOf(int index) => _classes.LabelOf(index);
}
