namespace MLExtensions.Samples;

/// <summary>The model of a file, and that of the file that takes its place.</summary>
/// <remarks>
/// A request asks for <see cref="Current"/> once and keeps what it got: whoever began with the old model ends with it. The new one is read and tried while the old one
/// answers. The file is looked at each second: notices of file systems are lost on networks and in containers.
/// </remarks>
internal sealed class ModelFile : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly ILogger _log;
    private (DateTime Written, long Length) _seen;
    private volatile LoadedModel _current;

    public ModelFile(string path, ILogger<ModelFile> log)
    {
        (_path, _log) = (Path.GetFullPath(path), log);
        _seen = Look();
        _current = new LoadedModel(File.ReadAllBytes(_path));
        _log.LogInformation("Answering by model {Version} of {Path}", _current.Version, _path);
    }

    /// <summary>The model that answers now.</summary>
    public LoadedModel Current => _current;

    /// <summary>Why the file that is there now is not used; null where it is.</summary>
    public string? Refusal { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Look() is var now && now != _seen)
                Take(now);
        }
    }

    private (DateTime, long) Look() => new FileInfo(_path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    private void Take((DateTime, long) seen)
    {
        try
        {
            var next = new LoadedModel(File.ReadAllBytes(_path));
            (_current, Refusal) = (next, null);
            _log.LogInformation("Answering by model {Version} from now on", next.Version);
        }
        // Whatever is wrong with the new file is no reason to stop answering by the old model.
        catch (Exception exception)
        {
            Refusal = exception.GetBaseException().Message;
            _log.LogError("The new model is not used, and {Version} goes on answering: {Reason}", _current.Version, Refusal);
        }
        _seen = seen;
    }
}
