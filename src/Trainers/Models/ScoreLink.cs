using System.Text.Json.Serialization;

namespace MLExtensions.Trainers.Models;

/// <summary>What a model makes of the outputs of its network: one kind for each task.</summary>
internal enum ScoreLinkKind
{
    /// <summary>Logits that stand for themselves: of the positive class, or of each label.</summary>
    Logits,

    /// <summary>Logits of classes that exclude one another.</summary>
    Classes,

    /// <summary>Values in units of the label.</summary>
    Values,
}

/// <summary>How the outputs of a network become scores, as functions with derivatives. It stands in archives.</summary>
/// <param name="Kind">What the scores are.</param>
/// <param name="Temperature">What logits are divided by.</param>
/// <param name="Scaling">What is undone of the labels; null for logits.</param>
/// <param name="AreQuantiles">Whether the outputs are quantiles of one label, sorted for scores.</param>
/// <param name="Names">The names of the scores: classes, labels or quantiles; null where they have none.</param>
internal sealed record ScoreLink(ScoreLinkKind Kind, double Temperature = 1, LabelScaling? Scaling = null, bool AreQuantiles = false, IReadOnlyList<string>? Names = null)
{
    /// <summary>Whether a probability follows from each score.</summary>
    [JsonIgnore]
    public bool HasProbability => Kind != ScoreLinkKind.Values;

    /// <summary>Which of several outputs are explained by default: null for that of the likeliest class of each row, or where somebody has to choose.</summary>
    /// <param name="outputs">The number of outputs.</param>
    public int? DefaultOutput(int outputs) => outputs == 1 ? 0 : AreQuantiles ? outputs / 2 : null;

    /// <summary>The score that is explained.</summary>
    /// <param name="index">Which of the outputs.</param>
    /// <param name="asProbability">Whether it is the probability.</param>
    public ScoreFunction FunctionOf(int index, bool asProbability) => (Kind, asProbability) switch
    {
        (ScoreLinkKind.Logits, false) => ScoreFunctions.Output(index, 1 / Temperature),
        (ScoreLinkKind.Logits, true) => ScoreFunctions.Probability(index, 1 / Temperature),
        (ScoreLinkKind.Classes, false) => ScoreFunctions.CentredLogit(index, 1 / Temperature),
        (ScoreLinkKind.Classes, true) => ScoreFunctions.ClassProbability(index, 1 / Temperature),
        _ => Value(Scaling!, index),
    };

    /// <summary>Refuses what an archive cannot have written.</summary>
    /// <exception cref="FormatException">It does not fit the outputs of the network.</exception>
    public void Check(int outputs)
    {
        DeepMlpFormat.RequireTemperature((float)Temperature);
        int labels = AreQuantiles ? 1 : outputs;
        bool fits = Enum.IsDefined(Kind) && (Kind == ScoreLinkKind.Values) == (Scaling is not null) && (Names is null || Names.Count == outputs || Names.Count == 2 && outputs == 1);
        if (Scaling is { } scaling)
            fits &= new[] { scaling.Means, scaling.StandardDeviations, scaling.Minima, scaling.Maxima }.All(values => values.Length == labels && values.All(double.IsFinite));
        if (!fits)
            throw new FormatException($"what follows from {Plural.Of(outputs, "output")} of the network is impossible");
        Scaling?.Check();
    }

    // Without the limits of the training labels, at which nothing would contribute any more. Quantiles are in order: of several outputs the one at its place counts.
    private ScoreFunction Value(LabelScaling scaling, int index) => (outputs, gradient) =>
    {
        int at = AreQuantiles ? PlaceOf(outputs, index) : index, label = AreQuantiles ? 0 : index;
        double target = scaling.HasLogLink ? Math.Exp(outputs[at]) : outputs[at];
        double slope = scaling.StandardDeviations[label] * (scaling.HasLogLink ? target : 1);
        gradient.Clear();
        gradient[at] = scaling.Transform is LabelTransform.Log or LabelTransform.LogOnePlus
            ? slope * Math.Exp(target * scaling.StandardDeviations[label] + scaling.Means[label])
            : slope;
        return scaling.LabelOf(target, label);
    };

    private static int PlaceOf(ReadOnlySpan<float> outputs, int rank)
    {
        float[] values = [.. outputs];
        int[] places = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(values, places);
        return places[rank];
    }
}
