namespace MLExtensions.Networks;

/// <summary>
/// The largest of several values for each unit: from [pieces x units] inputs, piece p of unit u being input p x units + u, to [units]
/// outputs. The gradient goes to the largest, of equal ones to the first.
/// </summary>
/// <param name="Units">The number of outputs; at least 1.</param>
/// <param name="Pieces">The values of a unit; at least 2.</param>
/// <remarks>Goodfellow, Warde-Farley, Mirza, Courville, Bengio 2013, arXiv 1302.4389.</remarks>
public sealed record MaxoutLayer(int Units, int Pieces) : Layer
{
    internal override int? OutputsFor(int inputs) => Units > 0 && Pieces > 1 && (long)Units * Pieces == inputs ? Units : null;

    internal override string WriteOnnx(OnnxNetwork network, string input) =>
        network.Graph.Node("Max", network.Graph.Nodes("Split", [input], Pieces, "", ("axis", -1L)));

    internal override void WriteTorch(SequentialWriter writer) => throw NoTorch("Maxout", "train with another Activation");

    internal override ManagedLayer Open(LayerPlace place) => new ManagedMaxoutLayer(this, place);

    internal override ScoringStep Score(ScoringPlan plan) => new MaxoutStep(this);
}
