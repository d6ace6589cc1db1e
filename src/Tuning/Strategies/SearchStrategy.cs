namespace MLExtensions.Tuning;

/// <summary>How a search chooses what to try next. Use one of the derived records.</summary>
public abstract record SearchStrategy
{
    private protected SearchStrategy()
    {
    }

    /// <summary>Points drawn at random: <see cref="RandomSearch"/>.</summary>
    public static SearchStrategy Random { get; } = new RandomSearch();

    /// <summary>All combinations of a few values each: <see cref="GridSearch"/> with its defaults.</summary>
    public static SearchStrategy Grid { get; } = new GridSearch();

    /// <summary>At random, then ever closer to the best: <see cref="CoarseToFineSearch"/> with its defaults.</summary>
    public static SearchStrategy CoarseToFine { get; } = new CoarseToFineSearch();

    /// <summary>Where good trials are denser than others: <see cref="TpeSearch"/> with its defaults.</summary>
    public static SearchStrategy Tpe { get; } = new TpeSearch();

    /// <summary>Begins a search.</summary>
    /// <param name="dimensions">What is chosen.</param>
    /// <param name="seed">The seed of all draws.</param>
    internal abstract Sampler Begin(DimensionList dimensions, int seed);

    /// <summary>One message for each value outside its range.</summary>
    internal virtual IEnumerable<string> Validate() => [];
}
