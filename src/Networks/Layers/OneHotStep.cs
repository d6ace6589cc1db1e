namespace MLExtensions.Networks.Layers;

/// <summary>A value for each index of a category.</summary>
/// <param name="encoder">Encodes rows.</param>
internal sealed unsafe class OneHotStep(OneHotEncoder encoder) : ScoringStep
{
    public override float* Run(float* values, float* free, int rows)
    {
        encoder.Encode(values, (nint)rows * encoder.InputWidth, free, (nint)rows * encoder.OutputWidth, rows);
        return free;
    }
}
