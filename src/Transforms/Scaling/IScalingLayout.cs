namespace MLExtensions.Transforms;

/// <summary>How one kind of scaler stands in a model archive; <see cref="ScalingLoader{TLayout, TTransformer, TOptions, TParameters}"/> does the rest.</summary>
/// <typeparam name="TTransformer">The transformer.</typeparam>
/// <typeparam name="TOptions">Its options, which are written as they are.</typeparam>
/// <typeparam name="TParameters">What scales one column.</typeparam>
internal interface IScalingLayout<TTransformer, TOptions, TParameters>
{
    /// <summary>The name of the loader, at most 24 ASCII characters; it never changes.</summary>
    static abstract string LoaderName { get; }

    /// <summary>What the description of a column says of its numbers, where they are more than one per slot each.</summary>
    static virtual NumbersDescription? Describe(TParameters parameters) => null;

    /// <summary>The numbers of a column.</summary>
    static abstract IEnumerable<NamedNumbers> Write(TParameters parameters);

    /// <summary>Takes the numbers that <see cref="Write"/> gave.</summary>
    /// <exception cref="FormatException">The numbers are such as no fit gives.</exception>
    static abstract TParameters Read(NumbersReader numbers);

    /// <summary>Makes the transformer.</summary>
    static abstract TTransformer Create(IReadOnlyList<ScaledColumn<TParameters>> columns, TOptions options);
}
