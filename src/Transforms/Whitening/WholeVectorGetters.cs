using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms;

/// <summary>Makes the getters of columns mapped as whole vectors; what they reuse from row to row belongs to one cursor.</summary>
internal static class WholeVectorGetters
{
    public static Delegate Create(DataViewRow row, DataViewSchema.Column column, LinearMap map) =>
        ((VectorDataViewType)column.Type).ItemType == NumberDataViewType.Single ? Of<float>(row, column, map) : Of<double>(row, column, map);

    private static ValueGetter<VBuffer<T>> Of<T>(DataViewRow row, DataViewSchema.Column column, LinearMap map)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var reader = NumbersOfRow.Of(row, column);
        double[] results = new double[map.OutputSlots];
        return (ref VBuffer<T> value) =>
        {
            map.Apply(reader.Read(), results);
            var editor = VBufferEditor.Create(ref value, results.Length);
            for (int output = 0; output < results.Length; output++)
                editor.Values[output] = T.CreateTruncating(results[output]);
            value = editor.Commit();
        };
    }
}
