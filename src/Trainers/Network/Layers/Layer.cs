namespace MLExtensions.Trainers.Network;

/// <summary>One entry in the list of layers that describes a network. Layers are data; engines give them behaviour.</summary>
public abstract record Layer
{
    private protected Layer() { }
}
