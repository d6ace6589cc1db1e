namespace MLExtensions.Networks.Layers;

/// <summary>Makes the step of an <see cref="Activation"/>.</summary>
/// <param name="paddedColumns">The columns of the matrix, with padding.</param>
internal readonly struct ActivationStep(int paddedColumns) : IActivationMaker<ScoringStep>
{
    /// <summary>The step.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="units">The number of units.</param>
    public static ScoringStep Create(Activation activation, int units) =>
        activation.MakeWith(new ActivationStep(StripMatrix.PaddedColumns(units)));

    /// <inheritdoc/>
    public ScoringStep Make<TFunction>(TFunction function)
        where TFunction : struct, IVectorFunction => new ActivationStep<TFunction>(function, paddedColumns);
}

/// <summary>Applies a function to every unit, in place.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
/// <param name="function">The constants of the function.</param>
/// <param name="paddedColumns">The columns of the matrix, with padding.</param>
internal sealed unsafe class ActivationStep<TFunction>(TFunction function, int paddedColumns) : ScoringStep
    where TFunction : struct, IVectorFunction
{
    public override float* Run(float* values, float* free, int rows)
    {
        InstructionSet.Run(new ActivationForward<TFunction>(function, values, values, (nint)rows * paddedColumns));
        return values;
    }
}
