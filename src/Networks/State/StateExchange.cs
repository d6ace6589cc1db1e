namespace MLExtensions.Networks;

/// <summary>
/// Gives the state of a training, or sets it again: whoever has state names each of its numbers once, in one method for both
/// directions, so that what is written and what is read cannot differ.
/// </summary>
/// <example>
/// <code>
/// void Exchange(StateExchange state)
/// {
///     state.Number("steps", ref _steps);
///     state.Values("mean", _mean);
/// }
/// </code>
/// </example>
public sealed class StateExchange
{
    private readonly TrainingState _state;
    private readonly string _prefix;

    private StateExchange(TrainingState state, bool isSetting, string prefix)
    {
        _state = state;
        IsSetting = isSetting;
        _prefix = prefix;
    }

    /// <summary>Whether numbers are set from the state (true) or put into it.</summary>
    public bool IsSetting { get; }

    /// <summary>An exchange that puts numbers into a state.</summary>
    /// <param name="state">Receives the numbers.</param>
    public static StateExchange Into(TrainingState state) => new(state, isSetting: false, "");

    /// <summary>An exchange that sets numbers from a state.</summary>
    /// <param name="state">Has the numbers.</param>
    public static StateExchange From(TrainingState state) => new(state, isSetting: true, "");

    /// <summary>The same exchange for a part, whose names begin with that of the part and a dot.</summary>
    /// <param name="part">The name of the part.</param>
    public StateExchange Of(string part) => new(_state, IsSetting, $"{_prefix}{part}.");

    /// <summary>Exchanges numbers of single precision of a length that does not change.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="values">Where they are.</param>
    /// <exception cref="ArgumentException">The state has another length of them.</exception>
    /// <exception cref="KeyNotFoundException">The state has none of this name.</exception>
    public void Values(string name, Span<float> values) => Exchange(name, values);

    /// <summary>Exchanges numbers of double precision of a length that does not change.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="values">Where they are.</param>
    /// <exception cref="ArgumentException">The state has another length of them.</exception>
    /// <exception cref="KeyNotFoundException">The state has none of this name.</exception>
    public void Values(string name, Span<double> values) => Exchange(name, values);

    /// <summary>Exchanges numbers of 64 bits of a length that does not change.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="values">Where they are.</param>
    /// <exception cref="ArgumentException">The state has another length of them.</exception>
    /// <exception cref="KeyNotFoundException">The state has none of this name.</exception>
    public void Values(string name, Span<long> values) => Exchange(name, values);

    /// <summary>Exchanges numbers of which there may be none, or another count in each state.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="values">Where they are; null for none.</param>
    public void Values(string name, ref float[]? values) => values = Exchange(name, values);

    /// <inheritdoc cref="Values(string, ref float[])"/>
    public void Values(string name, ref double[]? values) => values = Exchange(name, values);

    /// <summary>Exchanges a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Where it is.</param>
    public void Number(string name, ref int value) => value = (int)Exchange(name, (long)value);

    /// <summary>Exchanges a number of double precision.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Where it is.</param>
    public void Number(string name, ref double value) => value = Exchange(name, value);

    /// <summary>Exchanges a number of single precision.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Where it is.</param>
    public void Number(string name, ref float value) => value = Exchange(name, value);

    private T[]? Exchange<T>(string name, T[]? values)
    {
        if (IsSetting)
            return _state.Contains(_prefix + name) ? (T[])Entry<T>(name).Clone() : null;
        if (values is not null)
            _state[_prefix + name] = (T[])values.Clone();
        return values;
    }

    private T Exchange<T>(string name, T value)
        where T : struct
    {
        Exchange(name, new Span<T>(ref value));
        return value;
    }

    private void Exchange<T>(string name, Span<T> values)
    {
        if (IsSetting)
            Entry<T>(name, values.Length).CopyTo(values);
        else
            _state[_prefix + name] = values.ToArray();
    }

    private T[] Entry<T>(string name, int length = -1)
    {
        var entry = _state[_prefix + name];
        return entry is T[] values && (length < 0 || values.Length == length)
            ? values
            : throw new ArgumentException($"Entry '{_prefix}{name}' of the state must have {(length < 0 ? "" : $"{length} ")}numbers of type {typeof(T).Name}, " +
                $"got {entry.Length} of {entry.GetType().GetElementType()!.Name}: it is of another training.");
    }
}
