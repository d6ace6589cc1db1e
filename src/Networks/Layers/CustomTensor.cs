namespace MLExtensions.Networks;

/// <summary>A tensor of a <see cref="CustomLayer"/>.</summary>
/// <param name="Name">The name, distinct within the network.</param>
/// <param name="Role">
/// <see cref="ParameterRole.Weight"/> for what is trained and penalized, <see cref="ParameterRole.CustomValue"/> for what is trained
/// otherwise, or <see cref="ParameterRole.CustomState"/>.
/// </param>
/// <param name="Shape">The sizes of the dimensions; empty for a single number.</param>
public sealed record CustomTensor(string Name, ParameterRole Role, IReadOnlyList<int> Shape)
{
    /// <inheritdoc/>
    public bool Equals(CustomTensor? other) => other is not null && Name == other.Name && Role == other.Role && Shape.SequenceEqual(other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Role, Shape.Count);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Role}) {ListText.Of(Shape)}";
}
