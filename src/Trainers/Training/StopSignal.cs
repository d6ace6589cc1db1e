using System.Runtime.InteropServices;

namespace MLExtensions.Trainers.Training;

/// <summary>Takes the first Ctrl+C or SIGTERM as the wish to stop a training, and leaves the second to end the program.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action _stopped;
    private int _signals;

    /// <summary>Begins to listen.</summary>
    /// <param name="stopped">Is told of the first signal.</param>
    public StopSignal(Action stopped)
    {
        _stopped = stopped;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive)];
    }

    /// <summary>Whether a signal came.</summary>
    public bool IsReceived => Volatile.Read(ref _signals) > 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _signals) > 1)
            return;
        context.Cancel = true;
        _stopped();
    }
}
