namespace MLExtensions.Trainers;

/// <summary>A fitted network for two classes. Its score is the logit of true: above 0 where true is the likelier class.</summary>
public sealed class DeepMlpBinaryModelParameters : DeepMlpModelParameters
{
    internal DeepMlpBinaryModelParameters(NetworkDescription network, NetworkWeights weights, float temperature = 1)
        : base(network, weights) => Temperature = temperature;

    /// <summary>What the network's output was divided by to give the score; 1 where probabilities are not calibrated.</summary>
    public float Temperature { get; }

    /// <summary>
    /// The probability of true, 1 / (1 + exp(-logit)), kept within the <c>Single</c> numbers nearest to 0 and 1 so that a wrong
    /// prediction never costs an infinite log-loss.
    /// </summary>
    /// <param name="logit">A score of this model.</param>
    public static float ProbabilityOf(float logit) =>
        Math.Clamp((float)(1 / (1 + Math.Exp(-(double)logit))), float.Epsilon, MathF.BitDecrement(1));

    internal override IReadOnlyList<PredictionColumn> CreateColumns(uint setId) => BinaryTask.Columns(setId);

    internal override void Write(ComponentWriter writer, string featureColumnName, TrainingHistory history) =>
        BinaryArchive.Write(writer, this, featureColumnName, history);

    private protected override void FinishScores(Span<float> outputs) => outputs[0] /= Temperature;
}
