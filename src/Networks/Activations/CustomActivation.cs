using System.Collections.Concurrent;

namespace MLExtensions.Networks;

/// <summary>A function of your own, by the name under which it is registered in this process.</summary>
/// <remarks>
/// Both engines train with it; <c>TorchSharpEngine</c> computes it on the host. A model keeps the name alone, never a type: no
/// code is loaded from an archive, and loading without registration fails with a message that tells the name.
/// </remarks>
public sealed record CustomActivation : Activation
{
    private static readonly ConcurrentDictionary<string, IActivationFunction> s_functions = new(StringComparer.Ordinal);

    /// <summary>Refers to a registered function.</summary>
    /// <param name="registeredName">The name; it is looked up when the function is needed.</param>
    public CustomActivation(string registeredName)
    {
        ArgumentNullException.ThrowIfNull(registeredName);

        RegisteredName = registeredName;
    }

    /// <summary>The name under which the function is registered.</summary>
    public string RegisteredName { get; }

    /// <summary>Whether a function is registered under the name.</summary>
    internal bool IsRegistered => s_functions.ContainsKey(RegisteredName);

    private string Missing =>
        $"RegisteredName '{RegisteredName}' is not that of a function: call CustomActivation.Register(\"{RegisteredName}\", ...) before training or loading";

    /// <summary>Registers a function for the rest of the process: before training, and before a model that has it is loaded.</summary>
    /// <param name="name">The name that models keep; best with a prefix of your own, as in <c>acme.sine</c>.</param>
    /// <param name="function">The function. Registering one that equals it under the same name again does nothing.</param>
    /// <returns>The activation, for the options of a trainer.</returns>
    /// <exception cref="ArgumentException">Another function has the name: models that are loaded already would change.</exception>
    public static CustomActivation Register(string name, IActivationFunction function)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(function);

        return s_functions.GetOrAdd(name, function).Equals(function)
            ? new CustomActivation(name)
            : throw new ArgumentException($"Another activation function is registered as '{name}' already: expected one that equals it, or another name.", nameof(name));
    }

    /// <summary>The function that is registered under the name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public IActivationFunction GetFunction() => s_functions.GetValueOrDefault(RegisteredName) ?? throw new InvalidOperationException(Missing);

    internal override IEnumerable<string> Validate() => IsRegistered ? [] : [Missing];
}
