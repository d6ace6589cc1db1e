namespace Microsoft.ML.Runtime;

/// <summary>A pipe of other messages than text: nobody can listen to one through <see cref="MLContext"/>.</summary>
internal sealed class SilentPipe<TMessage> : IPipe<TMessage>
{
    public SilentPipe(string name)
    {
        ContextDescription = name;
    }

    public string ContextDescription { get; }

    public void Dispose()
    {
    }

    public void Send(TMessage msg)
    {
    }

    public TException Process<TException>(TException ex)
        where TException : Exception
        => Contracts.Mark(ex);
}
