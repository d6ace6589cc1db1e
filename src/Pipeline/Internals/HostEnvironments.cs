extern alias Core;
extern alias Data;

using Core::Microsoft.ML.Runtime;
using Data::Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLExtensions.Pipeline;

/// <summary>What ML.NET's environment knows but does not tell third parties.</summary>
public static class HostEnvironments
{
    /// <summary>The environment of a catalog such as <c>ml.Transforms</c> or <c>ml.Regression.Trainers</c>.</summary>
    /// <param name="catalog">A catalog of an <c>MLContext</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="catalog"/> is no catalog of ML.NET's.</exception>
    public static IHostEnvironment Of(object catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);

        return catalog is IInternalCatalog known
            ? known.Environment
            : throw new ArgumentException($"Expected a catalog of an MLContext, got {catalog.GetType()}.", nameof(catalog));
    }

    /// <summary>The seed given to the <c>MLContext</c>, or null where none was given.</summary>
    /// <param name="environment">An environment of an <c>MLContext</c>.</param>
    public static int? SeedOf(IHostEnvironment environment) => (environment as IHostEnvironmentInternal)?.Seed;

    /// <summary>An option that was set with <c>MLContext.SetOption</c>, or null where there is none of that name and type.</summary>
    /// <typeparam name="T">The type under which the option was set.</typeparam>
    /// <param name="environment">The environment of an <c>MLContext</c> itself: hosts registered in it have none of its options.</param>
    /// <param name="name">The name of the option.</param>
    public static T? OptionOf<T>(IHostEnvironment environment, string name)
        where T : class =>
        environment is IHostEnvironmentInternal known && known.TryGetOption(name, out T value) ? value : null;

    /// <summary>The <c>MLContext.GpuDeviceId</c> of an environment; a host has the value of when it was registered.</summary>
    /// <param name="environment">An environment of an <c>MLContext</c>.</param>
    public static int? GpuDeviceIdOf(IHostEnvironment environment) => (environment as IHostEnvironmentInternal)?.GpuDeviceId;

    /// <summary>The <c>MLContext.FallbackToCpu</c> of an environment; a host has the value of when it was registered.</summary>
    /// <param name="environment">An environment of an <c>MLContext</c>.</param>
    public static bool FallsBackToCpu(IHostEnvironment environment) => environment is IHostEnvironmentInternal { FallbackToCpu: true };

    /// <summary>Whether the execution of the <c>MLContext</c> has been cancelled.</summary>
    /// <param name="environment">A host that was registered before the work began.</param>
    public static bool IsCanceled(IHostEnvironment environment) => environment is ICancelable { IsCanceled: true };
}
