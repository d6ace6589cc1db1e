namespace MLExtensions.Networks.Layers;

/// <summary>Makes the layer of an <see cref="Activation"/>.</summary>
/// <param name="place">Where the layer stands.</param>
internal readonly struct ManagedActivationLayer(LayerPlace place) : IActivationMaker<ManagedLayer>
{
    /// <summary>The layer.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="place">Where the layer stands.</param>
    public static ManagedLayer Create(Activation activation, LayerPlace place) =>
        activation.MakeWith(new ManagedActivationLayer(place));

    /// <inheritdoc/>
    public ManagedLayer Make<TFunction>(TFunction function)
        where TFunction : struct, IVectorFunction => new ManagedActivationLayer<TFunction>(function, place);
}

/// <summary>Applies a function to every unit.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
/// <param name="function">The constants of the function.</param>
/// <param name="place">Where the layer stands.</param>
internal sealed unsafe class ManagedActivationLayer<TFunction>(TFunction function, LayerPlace place)
    : ManagedUnitLayer(place.Input, place.OutputMayBeInput(TFunction.DerivativeUsesValue), place.InputGradient)
    where TFunction : struct, IVectorFunction
{
    // The derivative of some functions is computed from their value.
    public override bool KeepsOutput => true;

    public override bool IsRectifier => TFunction.IsRectifier;

    /// <remarks>Where nobody needs what lies between the two, so that their outputs are one matrix.</remarks>
    public override ManagedBatchNormalizationLayer? Normalization { get; } = TFunction.DerivativeUsesValue ? place.TakeOverNormalization() : null;

    public override void ForwardUnits(int strip, RowRange rows, int step)
    {
        if (IsDoneByNext)
            return;
        if (Normalization is not null)
        {
            Normalization.Forward(function, strip, rows);
            return;
        }

        InstructionSet.Run(new ActivationForward<TFunction>(
            function, Input.At(strip, rows.First), Output.At(strip, rows.First), rows.Count * (nint)Input.Width));
    }

    public override void BackwardUnits(int strip, RowRange rows, int step)
    {
        if (IsDoneByNext)
            return;
        if (Normalization is not null)
        {
            Normalization.SumBackward(function, strip, rows);
            return;
        }

        StripMatrix saved = TFunction.DerivativeUsesValue ? Output : Input;
        InstructionSet.Run(new ActivationBackward<TFunction>(
            function, saved.At(strip, rows.First), Gradient!.At(strip, rows.First), rows.Count * (nint)Input.Width));
    }
}

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
