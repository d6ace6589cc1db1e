namespace MLExtensions.Networks.Optimizers;

/// <summary>An optimizer that moves the weights of some matrices by a look at the whole of each, and all else by a rule.</summary>
/// <typeparam name="TRule">The arithmetic of all else.</typeparam>
/// <param name="setup">What the optimizer is about.</param>
/// <param name="matrices">The matrices.</param>
/// <param name="states">The names of the numbers that each parameter keeps from step to step, at most 3.</param>
internal abstract unsafe class MatrixOptimizer<TRule>(OptimizerSetup setup, IReadOnlyList<WeightMatrix> matrices, params string[] states)
    : RuleOptimizer<TRule>(setup, states), IMatrixOptimizer
    where TRule : struct, IStepRule
{
    private readonly (int Index, int Strip)[] _strips =
        [.. matrices.SelectMany((matrix, index) => Enumerable.Range(0, matrix.StripCount).Select(strip => (index, strip)))];

    public int StripCount => _strips.Length;

    public abstract MatrixRound[] Rounds { get; }

    public (int Layer, int Offset, int Length) Strip(int number)
    {
        var (index, strip) = _strips[number];
        WeightMatrix matrix = matrices[index];
        return (matrix.Layer, matrix.OffsetOf(strip), matrix.Inputs * matrix.Width);
    }

    public bool HasWeightAt(int offset) => IndexAt(offset) >= 0;

    public void PrepareStrip(int number, ParameterGroup group) => PrepareStrip(_strips[number].Index, _strips[number].Strip, group);

    public sealed override void Update(int offset, int length, ParameterGroup group, float* updated)
    {
        int index = IndexAt(offset);
        if (index >= 0)
            UpdateMatrix(index, offset, length, group, updated);
        else
            UpdateOther(offset, length, group, updated);
    }

    /// <summary>The matrix of a strip of all, and which of its strips that is.</summary>
    protected (int Index, int Strip) StripAt(int number) => _strips[number];

    /// <summary>Looks at a strip of a matrix.</summary>
    /// <param name="index">The matrix.</param>
    /// <param name="strip">The strip.</param>
    /// <param name="group">How its weights are updated.</param>
    protected abstract void PrepareStrip(int index, int strip, ParameterGroup group);

    /// <summary>As <see cref="Update"/>, for weights of a matrix.</summary>
    protected abstract void UpdateMatrix(int index, int offset, int length, ParameterGroup group, float* updated);

    /// <summary>As <see cref="Update"/>, for all else.</summary>
    protected virtual void UpdateOther(int offset, int length, ParameterGroup group, float* updated) => base.Update(offset, length, group, updated);

    // The matrix whose weights begin at or contain a place, or -1.
    private int IndexAt(int offset)
    {
        for (int i = 0; i < matrices.Count; i++)
        {
            if (matrices[i].HasWeightAt(offset))
                return i;
        }
        return -1;
    }
}
