using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Trainers.Tests;

/// <summary>Columns of scored rows, whatever their types.</summary>
internal static class Columns
{
    /// <summary>Numbers or vectors of them, each row as an array.</summary>
    public static float[][] Singles(IDataView data, string name) => data.Schema[name].Type is VectorDataViewType
        ? [.. data.GetColumn<float[]>(name)]
        : [.. data.GetColumn<float>(name).Select(value => new[] { value })];

    /// <summary>Labels as text; keys by their values, or else by their numbers.</summary>
    public static string[] Texts(IDataView data, string name)
    {
        if (data.Schema[name].Type is KeyDataViewType && data.Schema[name].Annotations.Schema.GetColumnOrNull("KeyValues") is null)
            return [.. data.GetColumn<uint>(name).Select(key => $"{key}")];
        if (data.Schema[name].Type is KeyDataViewType)
            return [.. new MLContext().Transforms.Conversion.MapKeyToValue("text", name).Fit(data).Transform(data).GetColumn<string>("text")];
        return data.Schema[name].Type switch
        {
            BooleanDataViewType => [.. data.GetColumn<bool>(name).Select(value => value.ToString())],
            TextDataViewType => [.. data.GetColumn<string>(name)],
            _ => [.. data.GetColumn<float>(name).Select(value => value.ToString(CultureInfo.InvariantCulture))],
        };
    }
}
