namespace MLExtensions.Networks.Layers;

/// <summary>Dropout in scoring, where its spread is asked for: each row is a pass, with units of its own left out.</summary>
/// <param name="mask">Which units are left out.</param>
/// <param name="columns">The number of values of a row.</param>
internal sealed unsafe class DropoutStep(DropoutMask mask, int columns) : ScoringStep
{
    /// <summary>The number of values of a row.</summary>
    public int Columns => columns;

    /// <summary>Leaves units out, in place.</summary>
    /// <param name="values">Strips of as many rows as there are passes.</param>
    /// <param name="passes">The passes.</param>
    public float* Run(float* values, RowRange passes)
    {
        int width = StripMatrix.WidthOf(columns);
        for (int column = 0; column < columns; column += width)
        {
            float* strip = values + (nint)column * passes.Count;
            InstructionSet.Run(mask.ForStep(0, passes, column, columns, strip, strip, width));
        }
        return values;
    }

    public override float* Run(float* values, float* free, int rows) => Run(values, new RowRange(0, rows));
}
