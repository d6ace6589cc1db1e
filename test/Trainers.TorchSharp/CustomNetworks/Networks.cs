using static TorchSharp.torch;

namespace MLExtensions.Trainers.Tests;

/// <summary>Networks of an application's own.</summary>
internal static class Networks
{
    public static TorchSharpNetwork Residual { get; } = new("residual", input => new ResidualNetwork(input.Features, input.Outputs));

    /// <summary>A network of one function and whatever is registered under it.</summary>
    public static TorchSharpNetwork Of(Func<NetworkInput, nn.Module<Tensor, Tensor>> factory) => new("network", factory);

    public static TorchSharpEngine OnCpu(TorchSharpNetwork network) => new(Device.Cpu) { Network = network };

    /// <summary>Options that leave the network to the engine.</summary>
    public static DeepMlpOptions OptionsFor(LearningTask task, TorchSharpNetwork network) => new()
    {
        LabelColumnName = Trainer.LabelOf(task),
        BatchSize = 16,
        NumberOfEpochs = 4,
        Seed = 5,
        Engine = OnCpu(network),
    };
}
