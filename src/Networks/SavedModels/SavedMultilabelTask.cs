namespace MLExtensions.Networks.SavedModels;

/// <summary>Several labels, each true or false: scores are logits of true.</summary>
internal sealed class SavedMultilabelTask : SavedTask
{
    private readonly float _temperature;

    public SavedMultilabelTask(SavedNetwork saved)
    {
        saved.Labels?.Check(saved.Network.Outputs);
        _temperature = saved.Temperature;
        Names = saved.Labels?.Texts;
    }

    public override ModelTask Task => ModelTask.MultilabelClassification;

    // Archives do not tell it.
    public override string? LabelColumn => null;

    public override IReadOnlyList<string>? Names { get; }

    public override void Finish(Span<float> outputs)
    {
        foreach (ref float output in outputs)
            output /= _temperature;
    }

    public override void FinishMember(Span<float> outputs)
    {
        Finish(outputs);
        TryGetProbabilities(outputs, outputs);
    }

    public override bool TryGetProbabilities(ReadOnlySpan<float> scores, Span<float> probabilities)
    {
        for (int i = 0; i < scores.Length; i++)
            probabilities[i] = Probability.OfLogit(scores[i]);
        return true;
    }
}
