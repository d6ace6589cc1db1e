using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLExtensions.Onnx.Tests;

/// <summary>A model as a graph, run by ONNX Runtime beside ML.NET.</summary>
internal static class Exported
{
    /// <summary>Holds what a graph gives for all rows against what ML.NET gives, within 1e-5.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">The rows.</param>
    /// <param name="columns">The columns that are compared.</param>
    public static void ShouldAgree(MLContext ml, ITransformer model, IDataView data, params string[] columns)
    {
        using var stream = new MemoryStream();
        ml.Model.ConvertToOnnx(model, data, stream);
        using var session = new InferenceSession(stream.ToArray());
        var inputs = session.InputMetadata.Select(input => NamedOnnxValue(data, input.Key)).ToList();
        using var results = session.Run(inputs);

        var expected = model.Transform(data);
        foreach (string column in columns)
            Compare(expected, column, results.Single(result => result.Name == column + ".output"));
    }

    /// <summary>Holds a column of ML.NET's against a result.</summary>
    public static void Compare(IDataView expected, string column, DisposableNamedOnnxValue actual)
    {
        object[] texts = [.. ValuesOf(expected, column)];
        object[] got = ValuesOf(actual);
        got.Should().HaveCount(texts.Length, column);
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is double number && double.IsFinite(number))
                Convert.ToDouble(got[i]).Should().BeApproximately(number, 1e-5 * Math.Max(1, Math.Abs(number)), "value {0} of column {1}", i, column);
            else
                got[i].Should().Be(texts[i], "value {0} of column {1}", i, column);
        }
    }

    private static object[] ValuesOf(DisposableNamedOnnxValue value) => value.ElementType switch
    {
        TensorElementType.Float => [.. value.AsEnumerable<float>().Select(number => (object)(double)number)],
        TensorElementType.Double => [.. value.AsEnumerable<double>().Select(number => (object)number)],
        TensorElementType.String => [.. value.AsEnumerable<string>()],
        TensorElementType.Bool => [.. value.AsEnumerable<bool>().Select(truth => (object)truth)],
        TensorElementType.UInt32 => [.. value.AsEnumerable<uint>().Select(number => (object)(double)number)],
        TensorElementType.Int32 => [.. value.AsEnumerable<int>().Select(number => (object)(double)number)],
        _ => throw new NotSupportedException($"{value.ElementType}"),
    };

    private static NamedOnnxValue NamedOnnxValue(IDataView data, string column)
    {
        object[] values = [.. ValuesOf(data, column)];
        int rows = (int)data.GetRowCount()!.Value;
        int[] shape = [rows, values.Length / rows];
        var type = data.Schema[column].Type is VectorDataViewType vector ? vector.ItemType : data.Schema[column].Type;
        return type.RawType switch
        {
            var raw when raw == typeof(float) => Named(Array.ConvertAll(values, value => (float)(double)value)),
            var raw when raw == typeof(double) => Named(Array.ConvertAll(values, value => (double)value)),
            var raw when raw == typeof(bool) => Named(Array.ConvertAll(values, value => (bool)value)),
            var raw when raw == typeof(int) => Named(Array.ConvertAll(values, value => (int)(double)value)),
            var raw when raw == typeof(uint) => Named(Array.ConvertAll(values, value => (uint)(double)value)),
            _ => Named(Array.ConvertAll(values, value => (string)value)),
        };

        NamedOnnxValue Named<T>(T[] of) => Microsoft.ML.OnnxRuntime.NamedOnnxValue.CreateFromTensor(column, new DenseTensor<T>(of, shape));
    }

    private static IEnumerable<object> ValuesOf(IDataView data, string column) => (data.Schema[column].Type switch
    {
        VectorDataViewType { ItemType: var item } when item == NumberDataViewType.Single => data.GetColumn<float[]>(column).SelectMany(row => row).Select(value => (object)(double)value),
        VectorDataViewType { ItemType: var item } when item == NumberDataViewType.Double => data.GetColumn<double[]>(column).SelectMany(row => row).Select(value => (object)value),
        VectorDataViewType { ItemType: BooleanDataViewType } => data.GetColumn<bool[]>(column).SelectMany(row => row).Select(value => (object)value),
        BooleanDataViewType => data.GetColumn<bool>(column).Select(value => (object)value),
        TextDataViewType => data.GetColumn<string>(column),
        KeyDataViewType => data.GetColumn<uint>(column).Select(value => (object)(double)value),
        var type when type == NumberDataViewType.Double => data.GetColumn<double>(column).Select(value => (object)value),
        var type when type == NumberDataViewType.Int32 => data.GetColumn<int>(column).Select(value => (object)(double)value),
        _ => data.GetColumn<float>(column).Select(value => (object)(double)value),
    })!;
}
