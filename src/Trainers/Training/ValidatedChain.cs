using System.Reflection;

namespace MLExtensions.Trainers.Training;

/// <summary>Fits a chain estimator by estimator, with validation rows that go the same way as the training rows.</summary>
internal static class ValidatedChain
{
    /// <summary>Throws unless there is one trainer in a chain that can take validation rows.</summary>
    public static void Require<TLast>(EstimatorChain<TLast> chain)
        where TLast : class, ITransformer
    {
        IEstimator<ITransformer>[] parts = [.. Parts(chain)];
        int trainers = parts.Count(part => part is IValidatedTrainer);
        if (trainers != 1)
        {
            string names = string.Join(", ", parts.Select(part => part.GetType().Name).DefaultIfEmpty("nothing"));
            throw new InvalidOperationException($"Expected one deep MLP trainer in the chain, which validates on the rows, got {(trainers == 0 ? "none" : Invariant($"{trainers}"))}: the chain is {names}.");
        }
    }

    /// <summary>Fits a chain.</summary>
    public static TransformerChain<TLast> Fit<TLast>(EstimatorChain<TLast> chain, IDataView training, IDataView validation)
        where TLast : class, ITransformer
    {
        var fitted = new List<ITransformer>();
        foreach (var estimator in EstimatorChains.EstimatorsOf(chain))
        {
            var transformer = FitOne(estimator, training, validation);
            fitted.Add(transformer);
            training = transformer.Transform(training);
            validation = transformer.Transform(validation);
        }
        return new TransformerChain<TLast>(fitted, EstimatorChains.ScopesOf(chain));
    }

    private static ITransformer FitOne(IEstimator<ITransformer> estimator, IDataView training, IDataView validation) => estimator switch
    {
        IValidatedTrainer trainer => trainer.Fit(training, validation),
        _ when ChainOf(estimator) is { } last => (ITransformer)Invoke(nameof(Fit), last, estimator, training, validation),
        _ => estimator.Fit(training),
    };

    private static IEnumerable<IEstimator<ITransformer>> Parts<TLast>(EstimatorChain<TLast> chain)
        where TLast : class, ITransformer =>
        EstimatorChains.EstimatorsOf(chain).SelectMany(part => ChainOf(part) is { } last ? (IEnumerable<IEstimator<ITransformer>>)Invoke(nameof(Parts), last, part) : [part]);

    // A chain in a chain has a type argument of its own.
    private static Type? ChainOf(IEstimator<ITransformer> estimator) =>
        estimator.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(EstimatorChain<>) ? type.GetGenericArguments()[0] : null;

    private static object Invoke(string name, Type last, params object[] arguments) =>
        typeof(ValidatedChain).GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.MakeGenericMethod(last)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
