namespace MLExtensions.Trainers.Onnx;

/// <summary>The scores of a model in a graph, from which its columns follow.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Scores">The name of the scores, [rows x scores].</param>
internal sealed record OnnxScores(OnnxGraph Graph, string Scores)
{
    /// <summary>The probability of true for each score that is a logit.</summary>
    public string Probabilities() => Graph.Node("Sigmoid", [Scores]);

    /// <summary>Whether each score is above 0.</summary>
    public string ArePositive() => Graph.Node("Greater", [Scores, Graph.Constant(0f)]);

    /// <summary>The class of a single logit: 1 where it is above 0; [rows x 1].</summary>
    public string SignClass() => Graph.Cast(ArePositive(), OnnxType.Int64);

    /// <summary>The first class of the highest score; [rows x 1].</summary>
    public string HighestClass() => Graph.Node("ArgMax", [Scores], ("axis", 1L), ("keepdims", 1L));
}
