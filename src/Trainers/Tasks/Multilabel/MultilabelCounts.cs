using System.Runtime.InteropServices;

namespace MLExtensions.Trainers.Tasks.Multilabel;

/// <summary>The weight of the rows in which one label is told rightly or wrongly, and their scores.</summary>
internal sealed class MultilabelCounts
{
    private readonly List<float> _scores = [], _weights = [];
    private readonly List<bool> _truths = [];

    public double TruePositives { get; private set; }

    public double Wrong { get; private set; }

    public double Weight { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(bool truth, bool guess, float score, float weight)
    {
        Weight += weight;
        TruePositives += truth && guess ? weight : 0;
        Wrong += truth != guess ? weight : 0;
        _scores.Add(score);
        _truths.Add(truth);
        _weights.Add(weight);
    }

    /// <summary>The area under the receiver operating characteristic; NaN where the label is true, or false, in all rows.</summary>
    public double Area() => RocCurve.Area(CollectionsMarshal.AsSpan(_scores), CollectionsMarshal.AsSpan(_truths), CollectionsMarshal.AsSpan(_weights));
}
