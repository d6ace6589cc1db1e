namespace Microsoft.ML.Runtime;

/// <summary>What the environment and the hosts registered in it have in common.</summary>
internal abstract class EnvironmentBase : IHostEnvironmentInternal, ICancelable
{
    private readonly Lock _lock = new();
    private readonly string _name;
    private readonly EnvironmentOptions _options = new();

    private protected EnvironmentBase(int? seed, Random random)
    {
        Random = random;
        Seed = seed;
        Root = (LocalEnvironment)this;
        ComponentCatalog = new ComponentCatalog();
    }

    private protected EnvironmentBase(EnvironmentBase parent, string name, Random random)
    {
        Random = random;
        Seed = parent.Seed;
        Root = parent.Root;
        ComponentCatalog = parent.ComponentCatalog;
        TempFilePath = parent.TempFilePath;
        FallbackToCpu = parent.FallbackToCpu;
        GpuDeviceId = parent.GpuDeviceId;
        _name = name;
    }

    public ComponentCatalog ComponentCatalog { get; }

    public string ContextDescription => "HostEnvironment";

    public int? Seed { get; }

    public string TempFilePath { get; set; } = Path.GetTempPath();

    public bool FallbackToCpu { get; set; }

    public int? GpuDeviceId { get; set; }

    public bool IsCanceled => Root.CancellationRequested;

    private protected LocalEnvironment Root { get; }

    private protected Random Random { get; }

    public void CancelExecution() => Root.CancellationRequested = true;

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        lock (_lock)
            return new Host(this, name, new Random(seed ?? Random.Next()));
    }

    public IChannel Start(string name) => new Channel(Root, _name, name);

    public IPipe<TMessage> StartPipe<TMessage>(string name) => new SilentPipe<TMessage>(name);

    public IProgressChannel StartProgressChannel(string name) => new SilentProgressChannel();

    public TException Process<TException>(TException ex)
        where TException : Exception
    {
        ex.Data["Throwing component"] = "Environment";
        return Contracts.Mark(ex);
    }

    public bool TryAddOption<T>(string name, T value) => _options.TryAdd(name, value);

    public void SetOption<T>(string name, T value) => _options.Set(name, value);

    public bool TryGetOption<T>(string name, out T value) => _options.TryGet(name, out value);

    public T GetOptionOrDefault<T>(string name) => _options.GetOrDefault<T>(name);

    public bool RemoveOption(string name) => _options.Remove(name);
}
