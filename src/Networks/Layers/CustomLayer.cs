using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace MLExtensions.Networks;

/// <summary>A whole network that is code of the application: the only layer of its description. It maps [rows x inputs] to [rows x outputs].</summary>
/// <param name="Name">The name under which the application registers the code.</param>
/// <param name="Kind">What the code is written with, as in <c>ml.Register{Kind}Network</c>; letters.</param>
/// <param name="Inputs">The number of features, at least 1.</param>
/// <param name="Outputs">The number of logits or values of a row, at least 1.</param>
/// <param name="Tensors">What the network knows: everything that is trained or else must be kept.</param>
public sealed record CustomLayer(string Name, string Kind, int Inputs, int Outputs, IReadOnlyList<CustomTensor> Tensors) : Layer
{
    /// <summary>The code; null in a description that has just been read from an archive, which holds none.</summary>
    [JsonIgnore]
    public ICustomNetwork? Code { get; init; }

    internal override IEnumerable<ParameterTensor> Parameters => Tensors.Select(tensor => Tensor(tensor.Name, tensor.Role, 0, [.. tensor.Shape]));

    internal override int? OutputsFor(int inputs) => null;

    internal override string WriteOnnx(OnnxNetwork network, string input) => throw new NotSupportedException($"What the network '{Name}' computes only its code knows: it has no form in ONNX.");

    internal override void WriteTorch(SequentialWriter writer) => throw new NotSupportedException($"What the network '{Name}' computes only its code knows: it has no form in a torch.nn.Sequential.");

    internal override ManagedLayer Open(LayerPlace place) => throw OnlyCode();

    internal override ScoringStep Score(ScoringPlan plan) => throw OnlyCode();

    /// <summary>Checks what was read from an archive.</summary>
    /// <exception cref="FormatException">No code can make such a network.</exception>
    internal void Check(NetworkDescription network)
    {
        if (Inputs != network.Inputs || Outputs != network.Outputs)
            throw new FormatException($"the network '{Name}' maps {Plural.Of(Inputs, "feature")} to {Plural.Of(Outputs, "output")} in place of {network.Inputs} to {network.Outputs}");
        // The kind becomes part of a method's name in a message.
        if (Kind.Length is 0 or > 50 || !Kind.All(char.IsAsciiLetter))
            throw new FormatException($"networks of kind '{Kind}' are impossible");

        var names = new HashSet<string>();
        foreach (var tensor in Tensors)
        {
            if (tensor is not { Role: ParameterRole.Weight or ParameterRole.CustomValue or ParameterRole.CustomState }
                || tensor.Shape.Any(size => size < 0) || !names.Add(tensor.Name))
                throw new FormatException($"tensor '{tensor?.Name}' of the network '{Name}' is impossible");
        }
    }

    /// <inheritdoc/>
    public bool Equals(CustomLayer? other) => other is not null && (Name, Kind, Inputs, Outputs) == (other.Name, other.Kind, other.Inputs, other.Outputs)
        && Equals(Code, other.Code) && Tensors.SequenceEqual(other.Tensors);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, Inputs, Outputs, Tensors.Count);

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Name = {Name}, Kind = {Kind}, Inputs = {Inputs}, Outputs = {Outputs}, Tensors = {ListText.Of(Tensors)}");
        return true;
    }

    private NotSupportedException OnlyCode() => new($"What the network '{Name}' computes only its code knows.");
}
