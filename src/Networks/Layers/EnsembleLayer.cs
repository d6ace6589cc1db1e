using System.Globalization;
using System.Text;

namespace MLExtensions.Networks;

/// <summary>The mean of several networks that read the same features; the only layer of its network. Its members are trained, not it.</summary>
/// <param name="Members">The networks, at least one.</param>
/// <param name="Mean">What of their outputs is averaged.</param>
public sealed record EnsembleLayer(IReadOnlyList<NetworkDescription> Members, EnsembleMean Mean) : Layer
{
    internal override IEnumerable<ParameterTensor> Parameters => Members.SelectMany((member, index) =>
        ((IParameterSource)member).Parameters.Select(tensor => tensor with { Name = $"{index}.{tensor.Name}" }));

    internal override RowLayout? InputLayout => Members[0].Layout;

    internal override int? OutputsFor(int inputs) =>
        Members is { Count: > 0 } && Enum.IsDefined(Mean) && Members.All(member => member is not null && member.Inputs == inputs && member.Outputs == Members[0].Outputs
            && member.Layers is not ([EnsembleLayer] or [CustomLayer])) ? Members[0].Outputs : null;

    internal override string WriteOnnx(OnnxNetwork network, string input) => throw new NotSupportedException("The members of an ensemble are written by themselves.");

    internal override void WriteTorch(SequentialWriter writer) => throw NoTorch("The mean of several networks (Ensemble)", "train with Ensemble = null");

    internal override ManagedLayer Open(LayerPlace place) => throw new NotSupportedException("The members of an ensemble are trained by themselves.");

    internal override ScoringStep? Score(ScoringPlan plan) => throw new NotSupportedException("An ensemble is scored by an EnsembleScorer.");

    /// <summary>The weights of a member.</summary>
    /// <param name="weights">Those of the network whose layer this is.</param>
    /// <param name="index">The member.</param>
    internal NetworkWeights WeightsOf(NetworkWeights weights, int index)
    {
        var own = new NetworkWeights(new ParameterLayout(Members[index]));
        foreach (var tensor in own.Layout.Tensors)
            weights[$"0.{index}.{tensor.Name}"].CopyTo(own[tensor]);
        return own;
    }

    /// <summary>A network of members, with their weights.</summary>
    /// <param name="members">The members, trained.</param>
    /// <param name="mean">What of their outputs is averaged.</param>
    internal static (NetworkDescription Network, NetworkWeights Weights) Of(IReadOnlyList<(NetworkDescription Network, NetworkWeights Weights)> members, EnsembleMean mean)
    {
        var network = new NetworkDescription(members[0].Network.Inputs, members[0].Network.Outputs, [new EnsembleLayer([.. members.Select(member => member.Network)], mean)]);
        var weights = new NetworkWeights(new ParameterLayout(network));
        foreach (var (index, member) in members.Index())
        {
            foreach (var tensor in member.Weights.Layout.Tensors)
                member.Weights[tensor].CopyTo(weights[$"0.{index}.{tensor.Name}"]);
        }
        return (network, weights);
    }

    /// <inheritdoc/>
    public bool Equals(EnsembleLayer? other) => other is not null && Mean == other.Mean && Members.SequenceEqual(other.Members);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Mean, Members.Count);

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Members = {ListText.Of(Members.Select(member => ListText.Of(member.Layers)))}, Mean = {Mean}");
        return true;
    }
}
