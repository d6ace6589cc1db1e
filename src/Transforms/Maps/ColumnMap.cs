namespace MLExtensions.Transforms.Maps;

/// <summary>What a fitted scaler does to the numbers of one column. Immutable, so safe for use by several threads.</summary>
internal abstract class ColumnMap
{
    /// <summary>The number of slots of the input; 1 for a scalar column.</summary>
    public abstract int Slots { get; }

    /// <summary>The number of slots of the result.</summary>
    public abstract int OutputSlots { get; }

    /// <summary>Whether a slot of the result is what became of the same slot of the input, and keeps its name.</summary>
    public abstract bool KeepsSlots { get; }

    /// <summary>The map from results back to inputs. What was clipped does not come back.</summary>
    public abstract ColumnMap Inverse();

    /// <summary>Writes the map as operations of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="value">The name of the values, in double precision, [rows x <see cref="Slots"/>].</param>
    /// <returns>The name of the results, in double precision, [rows x <see cref="OutputSlots"/>].</returns>
    /// <exception cref="NotSupportedException">The map has no form in ONNX.</exception>
    public virtual string WriteOnnx(OnnxGraph graph, string value) => throw new NotSupportedException("its function has no form in ONNX");

    /// <summary>What an archive says of the numbers of the map; null for those of <see cref="AffineMap"/>.</summary>
    public virtual NumbersDescription? Describe() => null;

    /// <summary>The numbers of the map.</summary>
    public abstract IEnumerable<NamedNumbers> Write();
}
