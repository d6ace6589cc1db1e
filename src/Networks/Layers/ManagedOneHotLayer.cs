namespace MLExtensions.Networks.Layers;

/// <summary>A value for each index of a category. Nobody asks for the gradient with respect to rows, and the layer learns nothing.</summary>
/// <param name="encoder">Encodes rows.</param>
internal sealed unsafe class ManagedOneHotLayer(OneHotEncoder encoder) : ManagedLayer
{
    public override void Forward(RowRange rows, int step) =>
        encoder.Encode(Input.At(0, rows.First), Input.StripLength, Output.At(0, rows.First), Output.StripLength, rows.Count);

    public override void Backward(RowRange rows, int step)
    {
    }
}
