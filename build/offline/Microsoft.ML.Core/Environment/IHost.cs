namespace Microsoft.ML.Runtime;

/// <summary>The environment as one registered component sees it, with random numbers of its own.</summary>
public interface IHost : IHostEnvironment
{
    Random Rand { get; }
}
