namespace MLExtensions.Trainers;

/// <summary>
/// Trains on libtorch, on the CPU or an NVIDIA GPU. The network and its training are defined as for the managed engine; so is the
/// model, which scores in managed code and needs neither TorchSharp nor libtorch, unless <see cref="Network"/> is set. The same seed, data, device and libtorch give the
/// same weights on the CPU; on a GPU libtorch promises no order of sums, so that weights may differ in their last bits.
/// </summary>
/// <remarks>
/// The application chooses the native library: one of the packages <c>TorchSharp-cpu</c>, <c>TorchSharp-cuda-linux</c> and
/// <c>TorchSharp-cuda-windows</c>.
/// </remarks>
public sealed class TorchSharpEngine : IMlpEngine
{
    private readonly DeviceChoice? _choice;
    private readonly long _residentBytes = long.MaxValue;
    private readonly int _threads;

    /// <summary>Makes an engine on the device that the context names, or else the first GPU, or else the CPU.</summary>
    /// <exception cref="InvalidOperationException">TorchSharp's native library is missing or of another version.</exception>
    public TorchSharpEngine()
        : this(Device.Auto)
    {
    }

    /// <summary>Makes an engine on a device, which is looked for when a training begins.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="InvalidOperationException">TorchSharp's native library is missing or of another version.</exception>
    public TorchSharpEngine(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        NativeLibrary.Require();

        Device = device;
    }

    private TorchSharpEngine(TorchSharpEngine engine, DeviceChoice choice)
    {
        _choice = choice;
        _residentBytes = engine._residentBytes;
        _threads = engine._threads;
        Advice = engine.Device.IsAuto && choice.Device.CudaIndex is null && engine.Network is null
            ? "trains with libtorch on the CPU, since there is no GPU: the managed engine (Engine = new ManagedEngine()) is faster there."
            : null;
        Device = choice.Device;
        Precision = engine.Precision;
        Network = engine.Network;
    }

    /// <summary>Where the engine computes.</summary>
    public Device Device { get; }

    /// <summary>In what precision matrices are multiplied; <see cref="MatrixPrecision.Single"/> by default.</summary>
    public MatrixPrecision Precision { get; init; }

    /// <summary>
    /// A network of the application's own, in place of the one that <see cref="DeepMlpOptions"/> describe; none by default. Such a
    /// model scores on libtorch.
    /// </summary>
    public TorchSharpNetwork? Network { get; init; }

    /// <summary>
    /// The number of threads that libtorch computes with on the CPU; 0, the default, for one where steps are small, and else as many as the
    /// application has set. The threads of libtorch wait for one another by spinning, so that on a busy machine small steps on several take many times as
    /// long. Ignored on a GPU.
    /// </summary>
    /// <remarks>
    /// libtorch has one number for the process and one for each thread that has set it: it is set on the thread that trains when a
    /// training begins, and what was there before is set again at its end. Other work with libtorch that begins on threads of its own meanwhile gets the
    /// training's number.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int Threads
    {
        get => _threads;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _threads = value;
        }
    }

    /// <inheritdoc/>
    public string? Advice { get; }

    ICustomNetwork? IMlpEngine.CustomNetwork => Network;

    /// <summary>
    /// The most bytes of training data that are kept on a GPU; larger data stays in the memory of the host and is sent batch by
    /// batch. No limit by default: then only data that the GPU has no room for is sent so. Ignored on the CPU, where data is used
    /// in place.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public long ResidentBytes
    {
        get => _residentBytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _residentBytes = value;
        }
    }

    /// <inheritdoc/>
    public string Name
    {
        get
        {
            string device = _choice?.ToString() ?? Device.ToString();
            string precision = Precision == MatrixPrecision.Single ? "" : $", {Precision} products";
            string network = Network is null ? "" : $", network '{Network.Name}'";
            string threads = Threads == 0 ? "" : Threads == 1 ? ", 1 thread" : $", {Threads} threads";
            return $"TorchSharp, {device}{threads}{precision}{network}";
        }
    }

    /// <inheritdoc/>
    public IMlpEngine For(DevicePreference preference)
    {
        ArgumentNullException.ThrowIfNull(preference);
        if (Network is not null && Precision == MatrixPrecision.BFloat16)
            throw new InvalidOperationException($"The network '{Network.Name}' multiplies as it is written: expected Precision Single or TensorFloat32, got {Precision}.");

        return new TorchSharpEngine(this, DeviceChoice.Make(Device, preference, NativeLibrary.CountGpus));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Sizes of network, data or settings do not fit together.</exception>
    /// <exception cref="InvalidOperationException">The device is not there.</exception>
    public IMlpSession Open(NetworkDescription network, DataBlock data, EngineSettings settings)
    {
        EngineArguments.Check(network, data, settings);
        var choice = _choice ?? DeviceChoice.Make(Device, new DevicePreference(null, FallbackToCpu: false), NativeLibrary.CountGpus);

        var setup = new SessionSetup(network, data, settings, choice.Device, Precision, ResidentBytes) { Threads = Threads };
        return choice.Device.CudaIndex is null ? new TorchSession(setup) : new QueuedTorchSession(setup);
    }
}
