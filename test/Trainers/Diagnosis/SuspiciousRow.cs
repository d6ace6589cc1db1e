using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks.Randomness;
using MLExtensions.Pipeline;

namespace MLExtensions.Trainers.Tests.Diagnosis;

/// <summary>A row of any number of features, drawn so that nothing about them is suspicious, with a label for every task.</summary>
internal sealed class SuspiciousRow
{
    public float[] Features { get; set; } = [];

    public bool Truth { get; set; }

    [KeyType(3)]
    public uint Class { get; set; }

    public float Value { get; set; }

    [VectorType(2)]
    public float[] Values { get; set; } = [];

    /// <summary>Several labels.</summary>
    [VectorType(2)]
    public float[] Flags => [Truth ? 1 : 0, Values[1] > 0 ? 1 : 0];

    public float Weight { get; set; } = 1;

    /// <summary>Draws rows.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="change">Makes something of a row suspicious, by its number.</param>
    /// <param name="slots">The number of features, at least 2.</param>
    public static SuspiciousRow[] Draw(int count = 400, Action<SuspiciousRow, int>? change = null, int slots = 4)
    {
        var random = new RandomStream(1, "suspicious");
        var rows = new SuspiciousRow[count];
        for (int i = 0; i < count; i++)
        {
            var row = new SuspiciousRow { Features = [.. Enumerable.Range(0, slots).Select(_ => (float)random.NextNormal())] };
            row.Truth = row.Features[0] > 0;
            row.Class = (uint)(row.Features[0] > 0.5f ? 2 : row.Features[1] > 0 ? 1 : 0);
            row.Value = 2 * row.Features[0] - row.Features[1];
            row.Values = [row.Value, row.Features[1]];
            change?.Invoke(row, i);
            rows[i] = row;
        }
        return rows;
    }

    /// <summary>The rows; where names are given, slots have them.</summary>
    public static IDataView Load(MLContext ml, SuspiciousRow[] rows, params string[] names)
    {
        int slots = rows[0].Features.Length;
        var schema = SchemaDefinition.Create(typeof(SuspiciousRow));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slots);
        if (names.Length > 0)
            schema["Features"].AddAnnotation(AnnotationNames.SlotNames, Array.ConvertAll(names, name => name.AsMemory()), new VectorDataViewType(TextDataViewType.Instance, slots));
        return ml.Data.LoadFromEnumerable(rows, schema);
    }
}
