using System.Diagnostics;

namespace Microsoft.ML.Runtime;

internal sealed class Channel : IChannel
{
    private readonly LocalEnvironment _environment;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly string _component;
    private readonly string _phase;
    private bool _disposed;

    public Channel(LocalEnvironment environment, string component, string phase)
    {
        _environment = environment;
        _component = component;
        _phase = phase;
        Trace(MessageSensitivity.None, "Channel started");
    }

    public string ContextDescription => _component == null ? _phase : $"{_component}; {_phase}";

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Trace(MessageSensitivity.None, $"Channel finished. Elapsed {Stopwatch.GetElapsedTime(_start):c}.");
        Trace(MessageSensitivity.None, "Channel disposed");
    }

    public void Send(ChannelMessage msg) => _environment.Dispatch(ContextDescription, msg);

    public TException Process<TException>(TException ex)
        where TException : Exception
    {
        ex.Data["Throwing component"] = _component;
        ex.Data["Parent component"] = "";
        ex.Data["Phase"] = _phase;
        return Contracts.Mark(ex);
    }

    public void Trace(MessageSensitivity sensitivity, string fmt)
        => Send(new ChannelMessage(ChannelMessageKind.Trace, sensitivity, fmt));

    public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args)
        => Send(new ChannelMessage(ChannelMessageKind.Trace, sensitivity, fmt, args));

    public void Error(MessageSensitivity sensitivity, string fmt)
        => Send(new ChannelMessage(ChannelMessageKind.Error, sensitivity, fmt));

    public void Error(MessageSensitivity sensitivity, string fmt, params object[] args)
        => Send(new ChannelMessage(ChannelMessageKind.Error, sensitivity, fmt, args));

    public void Warning(MessageSensitivity sensitivity, string fmt)
        => Send(new ChannelMessage(ChannelMessageKind.Warning, sensitivity, fmt));

    public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args)
        => Send(new ChannelMessage(ChannelMessageKind.Warning, sensitivity, fmt, args));

    public void Info(MessageSensitivity sensitivity, string fmt)
        => Send(new ChannelMessage(ChannelMessageKind.Info, sensitivity, fmt));

    public void Info(MessageSensitivity sensitivity, string fmt, params object[] args)
        => Send(new ChannelMessage(ChannelMessageKind.Info, sensitivity, fmt, args));
}
