namespace Microsoft.ML.Runtime;

/// <summary>The environment behind an <see cref="MLContext"/>: passes on the messages of all channels.</summary>
internal sealed class LocalEnvironment : EnvironmentBase
{
    public LocalEnvironment(int? seed)
        : base(seed, seed is int value ? new Random(value) : new Random())
    {
    }

    public event Action<string, ChannelMessage> MessageSent;

    internal bool CancellationRequested { get; set; }

    internal void Dispatch(string source, ChannelMessage message) => MessageSent?.Invoke(source, message);
}
