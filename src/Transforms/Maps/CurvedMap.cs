namespace MLExtensions.Transforms.Maps;

/// <summary>A curve per slot, with its inverse: what is not affine.</summary>
internal abstract class CurvedMap : SlotMap
{
    public sealed override ColumnMap Inverse() => new InverseMap(this);

    /// <summary>The inverse function of a slot.</summary>
    public abstract double MapBack(double value, int slot);
}

/// <summary>The inverse of a curve, whose own inverse is that curve.</summary>
internal sealed class InverseMap(CurvedMap curve) : SlotMap
{
    public override int Slots => curve.Slots;

    public override CurvedMap Inverse() => curve;

    public override NumbersDescription? Describe() => curve.Describe()! with { IsInverse = true };

    public override IEnumerable<NamedNumbers> Write() => curve.Write();

    protected override double Map(double value, int slot) => curve.MapBack(value, slot);
}
