namespace MLExtensions.Networks.Layers;

/// <summary>Applies a function to every unit.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
/// <param name="function">The constants of the function.</param>
internal sealed unsafe class ManagedActivationLayer<TFunction>(TFunction function) : ManagedLayer
    where TFunction : struct, IVectorFunction
{
    // The derivative of some functions is computed from their value.
    public override bool KeepsOutput => true;

    public override void Forward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            InstructionSet.Run(new ActivationForward<TFunction>(
                function, Input.At(strip, rows.First), Output.At(strip, rows.First), rows.Count * (nint)Input.Width));
        }
    }

    public override void Backward(RowRange rows, int step)
    {
        if (Gradient is null)
            return;

        StripMatrix saved = TFunction.DerivativeUsesValue ? Output : Input;
        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            InstructionSet.Run(new ActivationBackward<TFunction>(
                function, saved.At(strip, rows.First), Gradient.At(strip, rows.First), rows.Count * (nint)Input.Width));
        }
    }
}
