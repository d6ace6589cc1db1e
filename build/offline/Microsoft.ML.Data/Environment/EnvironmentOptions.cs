namespace Microsoft.ML.Runtime;

internal sealed class EnvironmentOptions
{
    private readonly Dictionary<string, object> _values = [];

    public bool TryAdd<T>(string name, T value)
    {
        lock (_values)
            return _values.TryAdd(name, value);
    }

    public void Set<T>(string name, T value)
    {
        lock (_values)
            _values[name] = value;
    }

    public bool TryGet<T>(string name, out T value)
    {
        lock (_values)
        {
            bool found = _values.TryGetValue(name, out object boxed) && boxed is T;
            value = found ? (T)boxed : default;
            return found;
        }
    }

    /// <summary>Unlike <see cref="TryGet"/>, fails on an option of another type.</summary>
    public T GetOrDefault<T>(string name)
    {
        lock (_values)
            return _values.TryGetValue(name, out object boxed) ? (T)boxed : default;
    }

    public bool Remove(string name)
    {
        lock (_values)
            return _values.Remove(name);
    }
}
