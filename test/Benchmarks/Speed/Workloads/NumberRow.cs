using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>A row of the views that are measured.</summary>
internal sealed class NumberRow
{
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    /// <summary>A view that is filled into ML.NET's cache before it is returned.</summary>
    public static IDataView CachedView(MLContext ml, int rows, int columns)
    {
        var view = ml.Data.Cache(View(ml, Rows(rows, columns), columns));
        ViewPass.Read(view, ["Features", "Label"], cursors: 1);
        return view;
    }

    /// <summary>A view of rows.</summary>
    public static IDataView View(MLContext ml, IEnumerable<NumberRow> rows, int columns)
    {
        var schema = SchemaDefinition.Create(typeof(NumberRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    /// <summary>Rows, each valid until the next is asked for.</summary>
    public static IEnumerable<NumberRow> Rows(int rows, int columns)
    {
        var row = new NumberRow { Features = new float[columns] };
        for (int i = 0; i < rows; i++)
        {
            Numbers.Fill(i, row.Features);
            row.Label = i % 7;
            yield return row;
        }
    }
}
