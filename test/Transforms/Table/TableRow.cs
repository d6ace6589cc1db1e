using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Transforms.Tests;

/// <summary>A row with a column of every type that the encoder of tables accepts, and a label.</summary>
internal sealed class TableRow
{
    public bool Label { get; set; }

    public string Color { get; set; } = "";

    public string Price { get; set; } = "";

    public bool Known { get; set; }

    public float Height { get; set; }

    public double Weight { get; set; }

    public int Rooms { get; set; }

    public ulong Code { get; set; }

    [KeyType(4)]
    public uint Class { get; set; }

    public DateTime When { get; set; }

    public DateTimeOffset Sent { get; set; }

    public TimeSpan Took { get; set; }

    [VectorType(3)]
    public float[] Sizes { get; set; } = [];

    [VectorType(2)]
    public double[] Doubles { get; set; } = [];
}

/// <summary>Small tables.</summary>
internal static class TableData
{
    private static readonly string[] s_colors = ["red", "green", " blue ", "?", "", "red", "green", "red"];

    /// <summary>The columns of <see cref="TableRow"/> but the label.</summary>
    public static string[] Names { get; } = [.. typeof(TableRow).GetProperties().Select(property => property.Name).Where(name => name != nameof(TableRow.Label))];

    public static TableRow[] Rows { get; } = [.. Enumerable.Range(0, 60).Select(RowOf)];

    public static IDataView Load(MLContext ml) => ml.Data.LoadFromEnumerable(Rows);

    /// <summary>The vectors that an encoder makes of rows.</summary>
    public static float[][] Encode(ITransformer encoder, IDataView rows) =>
        [.. encoder.Transform(rows).GetColumn<float[]>("Features")];

    /// <summary>The names of the slots that it makes.</summary>
    public static string[] SlotNames(ITransformer encoder, IDataView rows)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        encoder.GetOutputSchema(rows.Schema)["Features"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static TableRow RowOf(int i) => new()
    {
        Label = i % 3 == 0,
        Color = s_colors[i % s_colors.Length],
        Price = i % 7 == 3 ? "NaN" : FormattableString.Invariant($"{i / 4.0}"),
        Known = i % 2 == 0,
        Height = i % 5 == 0 ? float.NaN : i,
        Weight = i / 10.0,
        Rooms = i % 4,
        Code = (ulong)i * 1000,
        Class = (uint)(i % 5),
        When = i % 6 == 0 ? default : new DateTime(2024, 1, 31).AddHours(31 * i),
        Sent = new DateTimeOffset(2020, 1, 1, 8, 0, 0, TimeSpan.FromHours(2)).AddMinutes(i),
        Took = TimeSpan.FromSeconds(100 * i),
        Sizes = [i, i % 3 == 0 ? float.NaN : -i, 1],
        Doubles = [i / 3.0, 0],
    };
}
