namespace MLExtensions.Transforms;

/// <summary>The inverse of a curve, whose own inverse is that curve.</summary>
internal sealed class InverseMap(CurvedMap curve) : SlotMap
{
    public CurvedMap Curve => curve;

    public override int Slots => curve.Slots;

    public override CurvedMap Inverse() => curve;

    protected override double Map(double value, int slot) => curve.MapBack(value, slot);
}
