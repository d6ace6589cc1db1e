namespace MLExtensions.Tuning;

/// <summary>
/// What a search may choose: ranges and alternatives, each with a setter that puts its value into options, and alternatives of a step before the trainer. Immutable: each
/// method gives a space with one more.
/// </summary>
/// <example>
/// <code>
/// var space = new SearchSpace()
///     .Log("LearningRate", 1e-4, 1e-2, (options, rate) => options with { Optimizer = new AdamOptions { LearningRate = (float)rate } })
///     .Integer("Layers", 1, 4, (options, layers) => options with { HiddenLayers = Enumerable.Repeat(128, layers).ToArray() })
///     .Choice("Activation", [("relu", Activation.Relu), ("selu", Activation.Selu)], (options, activation) => options with { Activation = activation })
///     .When("Activation", ["relu"], inner => inner.Linear("DropoutRate", 0, 0.5, (options, rate) => options with { DropoutRate = (float)rate }));
/// </code>
/// </example>
public sealed class SearchSpace
{
    private readonly Condition? _condition;

    /// <summary>A space without anything to choose.</summary>
    public SearchSpace()
        : this([], null)
    {
    }

    private SearchSpace(IReadOnlyList<SpaceEntry> entries, Condition? condition) => (Entries, _condition) = (entries, condition);

    /// <summary>The names of what is chosen, in order.</summary>
    public IReadOnlyList<string> Names => [.. Entries.Select(entry => entry.Dimension.Name)];

    internal IReadOnlyList<SpaceEntry> Entries { get; }

    internal DimensionList Dimensions => new([.. Entries.Select(entry => entry.Dimension)]);

    /// <summary>The space that is searched where none is given: see <see cref="TaskSpaces"/>.</summary>
    /// <param name="task">The task.</param>
    /// <param name="options">The options around which it lies; the defaults where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not one task.</exception>
    public static SearchSpace For(LossTasks task, DeepMlpOptions? options = null) => TaskSpaces.Of(task, options ?? new DeepMlpOptions());

    /// <summary>Adds a number of which differences count.</summary>
    /// <param name="name">A name for it.</param>
    /// <param name="low">The lower end, which it may have.</param>
    /// <param name="high">The upper end, which it may have.</param>
    /// <param name="set">Puts a value into options.</param>
    /// <exception cref="ArgumentException">The name is taken, or an end is out of range.</exception>
    public SearchSpace Linear(string name, double low, double high, Func<DeepMlpOptions, double, DeepMlpOptions> set) => Add(Range(name, low, high), set);

    /// <summary>Adds a number of which ratios count, as of learning rates and penalties: its logarithm is searched.</summary>
    /// <inheritdoc cref="Linear"/>
    public SearchSpace Log(string name, double low, double high, Func<DeepMlpOptions, double, DeepMlpOptions> set) => Add(Range(name, low, high) with { IsLog = RequirePositive(name, low) }, set);

    /// <summary>Adds a whole number.</summary>
    /// <param name="name">A name for it.</param>
    /// <param name="low">The lower end, which it may have.</param>
    /// <param name="high">The upper end, which it may have.</param>
    /// <param name="set">Puts a value into options.</param>
    /// <param name="log">Whether ratios count, as of numbers of units.</param>
    /// <exception cref="ArgumentException">The name is taken, or an end is out of range.</exception>
    public SearchSpace Integer(string name, int low, int high, Func<DeepMlpOptions, int, DeepMlpOptions> set, bool log = false)
    {
        ArgumentNullException.ThrowIfNull(set);

        return Add(Range(name, low, high) with { IsInteger = true, IsLog = log && RequirePositive(name, low) }, (options, value) => set(options, (int)value));
    }

    /// <summary>Adds a choice between alternatives.</summary>
    /// <typeparam name="T">What they are.</typeparam>
    /// <param name="name">A name for the choice.</param>
    /// <param name="alternatives">The alternatives, each with a name.</param>
    /// <param name="set">Puts one into options.</param>
    /// <exception cref="ArgumentException">The name is taken, two alternatives have the same, or there is none.</exception>
    public SearchSpace Choice<T>(string name, IReadOnlyList<(string Name, T Value)> alternatives, Func<DeepMlpOptions, T, DeepMlpOptions> set)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(alternatives);

        return Add(Alternatives(name, [.. alternatives.Select(alternative => alternative.Name)]), (options, place) => set(options, alternatives[(int)place].Value));
    }

    /// <summary>Adds a choice between values that are told by their own text.</summary>
    /// <inheritdoc cref="Choice{T}(string, IReadOnlyList{ValueTuple{string, T}}, Func{DeepMlpOptions, T, DeepMlpOptions})"/>
    public SearchSpace Choice<T>(string name, IReadOnlyList<T> alternatives, Func<DeepMlpOptions, T, DeepMlpOptions> set)
    {
        ArgumentNullException.ThrowIfNull(alternatives);

        return Choice(name, [.. alternatives.Select(value => (Invariant($"{value}"), value))], set);
    }

    /// <summary>
    /// Adds a choice of a step before the trainer, such as of scalers. It stands behind the pipeline's own steps, and behind those that were added before; each is fitted to training rows
    /// alone, once for all trials that share it.
    /// </summary>
    /// <param name="name">A name for the choice.</param>
    /// <param name="alternatives">The steps, each with a name; null for none.</param>
    /// <exception cref="ArgumentException">The name is taken, two alternatives have the same, or there is none.</exception>
    public SearchSpace Step(string name, params IReadOnlyList<(string Name, IEstimator<ITransformer>? Step)> alternatives)
    {
        ArgumentNullException.ThrowIfNull(alternatives);

        return Add(new SpaceEntry(Alternatives(name, [.. alternatives.Select(alternative => alternative.Name)])) { Steps = [.. alternatives.Select(alternative => alternative.Step)] });
    }

    /// <summary>Adds what is there only where a choice has fallen on some of its alternatives.</summary>
    /// <param name="choice">The name of the choice, which was added before.</param>
    /// <param name="alternatives">The names of the alternatives.</param>
    /// <param name="add">Adds to the space it is given.</param>
    /// <exception cref="ArgumentException">There is no such choice or alternative.</exception>
    public SearchSpace When(string choice, IReadOnlyList<string> alternatives, Func<SearchSpace, SearchSpace> add)
    {
        ArgumentNullException.ThrowIfNull(alternatives);
        ArgumentNullException.ThrowIfNull(add);
        if (Entries.FirstOrDefault(entry => entry.Dimension.Name == choice)?.Dimension is not ChoiceDimension found)
            throw new ArgumentException($"When needs a choice that was added before, got '{choice}'. There {(Names.Count == 0 ? "is none" : $"are: {string.Join(", ", Names)}")}.", nameof(choice));

        int[] places = [.. alternatives.Select(alternative => found.Labels.ToList().IndexOf(alternative))];
        if (Array.IndexOf(places, -1) is >= 0 and var unknown)
            throw new ArgumentException($"'{choice}' has no alternative '{alternatives[unknown]}': it has {string.Join(", ", found.Labels)}.", nameof(alternatives));
        if (places.Length == 0)
            throw new ArgumentException($"When needs one of the alternatives of '{choice}' at least: {string.Join(", ", found.Labels)}.", nameof(alternatives));
        var inner = add(new SearchSpace(Entries, new Condition(choice, alternatives, places)));
        return new SearchSpace(inner.Entries, _condition);
    }

    /// <summary>The options of a point.</summary>
    internal DeepMlpOptions Apply(DeepMlpOptions options, SearchPoint point) =>
        Entries.Where(entry => entry.Set is not null).Aggregate(options, (made, entry) => point[entry.Dimension.Name] is { } value ? entry.Set!(made, value) : made);

    /// <summary>The steps before the trainer of a point.</summary>
    internal IReadOnlyList<IEstimator<ITransformer>> StepsOf(SearchPoint point) =>
        [.. Entries.Where(entry => entry.Steps is not null).Select(entry => point[entry.Dimension.Name] is { } place ? entry.Steps![(int)place] : null).OfType<IEstimator<ITransformer>>()];

    /// <summary>What tells the steps of a point from those of others.</summary>
    internal string StepKey(SearchPoint point) =>
        string.Join('\n', Entries.Where(entry => entry.Steps is not null).Select(entry => point[entry.Dimension.Name] is { } place ? $"{entry.Dimension.Name}: {entry.Dimension.Text(place)}" : ""));

    /// <summary>What is chosen, a line each.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Entries.Select(entry => entry.Dimension.Description));

    private SearchSpace Add(Dimension dimension, Func<DeepMlpOptions, double, DeepMlpOptions> set)
    {
        ArgumentNullException.ThrowIfNull(set);

        return Add(new SpaceEntry(dimension) { Set = set });
    }

    private SearchSpace Add(SpaceEntry entry)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entry.Dimension.Name);
        if (Names.Contains(entry.Dimension.Name))
            throw new ArgumentException($"'{entry.Dimension.Name}' is in the space already: expected another name.");
        return new SearchSpace([.. Entries, entry with { Dimension = entry.Dimension with { Condition = _condition } }], _condition);
    }

    private static NumberDimension Range(string name, double low, double high) => double.IsFinite(low) && double.IsFinite(high) && low < high
        ? new NumberDimension(name, low, high)
        : throw new ArgumentException(Invariant($"'{name}' must have a finite lower end below a finite upper one, got {low} and {high}."));

    private static bool RequirePositive(string name, double low) => low > 0 ? true
        : throw new ArgumentException(Invariant($"'{name}' is searched by ratio: its lower end must be above 0, got {low}. Use Linear, or an end such as 1e-6."));

    private static ChoiceDimension Alternatives(string name, string[] labels)
    {
        if (labels.Length == 0)
            throw new ArgumentException($"'{name}' has no alternatives: expected one at least.");
        if (Array.Exists(labels, string.IsNullOrWhiteSpace))
            throw new ArgumentException($"An alternative of '{name}' has no name.");
        if (labels.GroupBy(label => label).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"'{name}' has two alternatives '{twice.Key}': expected different names.");
        return new ChoiceDimension(name, labels);
    }
}
