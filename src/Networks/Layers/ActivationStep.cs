using MLExtensions.Networks.Activations;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Layers;

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
