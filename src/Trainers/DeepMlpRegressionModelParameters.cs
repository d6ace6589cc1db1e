using MLExtensions.Trainers.Network;
using MLExtensions.Trainers.Training;

namespace MLExtensions.Trainers;

/// <summary>A fitted network for one or several real values. Its scores are values in units of the label.</summary>
public sealed class DeepMlpRegressionModelParameters : DeepMlpModelParameters
{
    internal DeepMlpRegressionModelParameters(NetworkDescription network, NetworkWeights weights, LabelScaling scaling, bool isVector)
        : base(network, weights)
    {
        Scaling = scaling;
        IsVector = isVector;
    }

    /// <summary>The mean of the training labels, per output; the network's outputs are measured from there.</summary>
    public IReadOnlyList<double> LabelMeans => Scaling.Means;

    /// <summary>
    /// The population standard deviation of the training labels, per output; the unit of the network's outputs. Never zero: a
    /// constant label gets 1.
    /// </summary>
    public IReadOnlyList<double> LabelStandardDeviations => Scaling.StandardDeviations;

    /// <summary>Whether the label was a vector, so that the score is one too.</summary>
    public bool IsVector { get; }

    internal LabelScaling Scaling { get; }

    private protected override void FinishScores(Span<float> outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = (float)(outputs[i] * Scaling.StandardDeviations[i] + Scaling.Means[i]);
    }
}
