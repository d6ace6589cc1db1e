namespace MLExtensions.Networks.Threading;

/// <summary>
/// A piece of work in parts that do not depend on one another. Each part is done whole by one thread, whichever comes first, so that
/// a thread that is not running keeps nobody waiting and results depend on no number of threads.
/// </summary>
/// <param name="parts">The number of parts, asked when the phase begins.</param>
/// <param name="execute">Does the part of a number.</param>
/// <param name="finish">What to do, once, when all parts are done and before the next phase begins; null for nothing.</param>
internal sealed class TeamPhase(Func<int> parts, Action<int> execute, Action? finish = null)
{
    /// <summary>The number of parts, from 0 to <see cref="PartTickets.MaximumParts"/>.</summary>
    public int Parts => parts();

    /// <summary>Does a part.</summary>
    /// <param name="part">Its number.</param>
    public void Execute(int part) => execute(part);

    /// <summary>Ends the phase.</summary>
    public void Finish() => finish?.Invoke();
}
