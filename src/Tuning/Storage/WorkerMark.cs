namespace MLExtensions.Tuning.Storage;

/// <summary>
/// Tells others that a worker lives: an empty file beside the journal that it holds open. The system lets go of it when the process ends, however it ends, so that
/// whoever can open it knows that nobody is at work on that worker's trials any more.
/// </summary>
internal sealed class WorkerMark : IDisposable
{
    private readonly FileStream _file;

    private WorkerMark(string worker, FileStream file) => (Worker, _file) = (worker, file);

    public string Worker { get; }

    public static WorkerMark Create(string journal)
    {
        string worker = Guid.NewGuid().ToString("N")[..12];
        return new(worker, new FileStream(PathOf(journal, worker), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
    }

    /// <summary>Whether a worker is at work; what a dead one has left is deleted.</summary>
    public static bool Lives(string journal, string worker)
    {
        string path = PathOf(journal, worker);
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string PathOf(string journal, string worker) => $"{journal}.{worker}.worker";
}
