using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline;

/// <summary>What a chain of estimators is made of, which ML.NET keeps to itself.</summary>
public static class EstimatorChains
{
    /// <summary>The estimators of a chain, in order.</summary>
    /// <typeparam name="TLast">The transformer of the last one.</typeparam>
    /// <param name="chain">The chain; a chain in it is one of its estimators.</param>
    public static IReadOnlyList<IEstimator<ITransformer>> EstimatorsOf<TLast>(EstimatorChain<TLast> chain)
        where TLast : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(chain);

        return Fields<TLast>.Estimators(chain);
    }

    /// <summary>Which uses of the fitted chain each estimator's transformer is for, in order.</summary>
    /// <typeparam name="TLast">The transformer of the last one.</typeparam>
    /// <param name="chain">The chain.</param>
    public static IReadOnlyList<TransformerScope> ScopesOf<TLast>(EstimatorChain<TLast> chain)
        where TLast : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(chain);

        return Fields<TLast>.Scopes(chain);
    }

    /// <summary>The shape of a schema, by which a chain can check all of its columns before anything is fitted.</summary>
    /// <param name="schema">The schema.</param>
    public static SchemaShape ShapeOf(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);

        return Create(null, schema);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "Create")]
    private static extern SchemaShape Create(SchemaShape? type, DataViewSchema schema);

    private static class Fields<TLast>
        where TLast : class, ITransformer
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_estimators")]
        public static extern ref IEstimator<ITransformer>[] Estimators(EstimatorChain<TLast> chain);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_scopes")]
        public static extern ref TransformerScope[] Scopes(EstimatorChain<TLast> chain);
    }
}
