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

    /// <summary>The least training label, per output; no score is below it where <see cref="ClampsScores"/>.</summary>
    public IReadOnlyList<double> LabelMinima => Scaling.Minima;

    /// <summary>The greatest training label, per output; no score is above it where <see cref="ClampsScores"/>.</summary>
    public IReadOnlyList<double> LabelMaxima => Scaling.Maxima;

    /// <summary>Whether scores are kept within the range of the training labels.</summary>
    public bool ClampsScores => Scaling.Clamp;

    /// <summary>Whether the label was a vector, so that the score is one too.</summary>
    public bool IsVector { get; }

    internal LabelScaling Scaling { get; }

    private protected override void FinishScores(Span<float> outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = (float)Scaling.Invert(outputs[i], i);
    }
}
