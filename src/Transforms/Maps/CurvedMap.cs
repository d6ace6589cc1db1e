namespace MLExtensions.Transforms;

/// <summary>A curve per slot, with its inverse: what is not affine.</summary>
internal abstract class CurvedMap : SlotMap
{
    public sealed override ColumnMap Inverse() => new InverseMap(this);

    /// <summary>The inverse function of a slot.</summary>
    public abstract double MapBack(double value, int slot);
}
