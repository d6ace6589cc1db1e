using Microsoft.ML.Data;

namespace MLExtensions.Transforms;

/// <summary>A column fitted by min-max scaling.</summary>
internal sealed record MinMaxScalingColumn(
    string OutputColumnName, string InputColumnName, DataViewType Type, MinMaxScalingParameters Parameters)
{
    /// <exception cref="InvalidOperationException">The numbers are too large.</exception>
    public static MinMaxScalingColumn Create(FittedColumn<Extremes> fitted)
    {
        double[] divisors = new double[fitted.Slots.Length];
        for (int slot = 0; slot < divisors.Length; slot++)
            divisors[slot] = DivisorOf(fitted, slot);
        return new(fitted.Names.OutputColumnName, fitted.Names.InputColumnName, fitted.Column.Type,
            new([.. fitted.Slots.Select(slot => slot.Minimum)], [.. fitted.Slots.Select(slot => slot.Maximum)], [.. divisors]));
    }

    public ScaledColumn ToScaled(MinMaxScalingOptions options) =>
        new(OutputColumnName, InputColumnName, Type, options.MapOf(Parameters));

    private static double DivisorOf(FittedColumn<Extremes> fitted, int slot)
    {
        var (minimum, maximum) = (fitted.Slots[slot].Minimum, fitted.Slots[slot].Maximum);
        double range = maximum - minimum;
        return double.IsFinite(range)
            ? ConstantSlots.DivisorOf(range, Math.Max(Math.Abs(minimum), Math.Abs(maximum)))
            : throw new InvalidOperationException($"{SlotTexts.Describe(fitted.Column, slot)} holds numbers so large that their range overflows. Divide them first.");
    }
}
