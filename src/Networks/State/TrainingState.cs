namespace MLExtensions.Networks;

/// <summary>
/// All that changes while a network is trained, by name: weights, running statistics, what optimizers keep, schedules, averages, the best
/// epoch so far. A state that is taken and set again leaves a training as it was, bit for bit.
/// </summary>
/// <remarks>
/// Names are parts joined by dots, such as <c>session.optimizer.mean</c>. An entry is an array of <c>Single</c>, <c>Double</c> or
/// <c>Int64</c>; single numbers are arrays of one. Whoever has state gives and takes it in one method, through a
/// <see cref="StateExchange"/>.
/// </remarks>
public sealed class TrainingState
{
    private readonly Dictionary<string, Array> _entries = new(StringComparer.Ordinal);

    /// <summary>The names of the entries, in the order of their coming.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>An entry: <c>float[]</c>, <c>double[]</c> or <c>long[]</c>.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name, when read.</exception>
    /// <exception cref="ArgumentException">The array is of another type, when set.</exception>
    public Array this[string name]
    {
        get => _entries.TryGetValue(name, out var entry) ? entry : throw new KeyNotFoundException($"The state has no entry '{name}'.");
        set => _entries[name] = value is float[] or double[] or long[]? value
            : throw new ArgumentException($"Entry '{name}' must be an array of Single, Double or Int64, got {value?.GetType().Name ?? "null"}.", nameof(value));
    }

    /// <summary>Whether there is an entry of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => _entries.ContainsKey(name);
}
