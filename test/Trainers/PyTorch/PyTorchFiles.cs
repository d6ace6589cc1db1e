using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Microsoft.ML;

namespace MLExtensions.Trainers.Tests;

/// <summary>The files that make_sequentials.py wrote, and such as tests make.</summary>
internal static class PyTorchFiles
{
    private static readonly Lazy<JsonDocument> s_expected = new(() => JsonDocument.Parse(File.ReadAllText(PathOf("expected.json"))));

    public static IEnumerable<string> Names => s_expected.Value.RootElement.GetProperty("cases").EnumerateObject().Select(member => member.Name);

    /// <summary>The rows that PyTorch was given.</summary>
    public static float[][] Rows => Numbers(s_expected.Value.RootElement.GetProperty("rows"));

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "PyTorch", "Sequentials", name);

    public static string TaskOf(string name) => s_expected.Value.RootElement.GetProperty("cases").GetProperty(name).GetProperty("task").GetString()!;

    /// <summary>What PyTorch gave, a list for each row.</summary>
    public static float[][] OutputsOf(string name) => Numbers(s_expected.Value.RootElement.GetProperty("cases").GetProperty(name).GetProperty("outputs"));

    /// <summary>Loads a file as a model of a task.</summary>
    public static Fitted Load(MLContext ml, string task, string path, PyTorchOptions? options = null) => task switch
    {
        "binary" => Fitted.Of(ml.BinaryClassification.LoadPyTorch(path, options)),
        "multiclass" => Fitted.Of(ml.MulticlassClassification.LoadPyTorch(path, options)),
        "multilabel" => Fitted.Of(ml.MultilabelClassification.LoadPyTorch(path, options)),
        _ => Fitted.Of(ml.Regression.LoadPyTorch(path, options)),
    };

    /// <summary>The scores of a model for rows.</summary>
    public static float[][] ScoresOf(DeepMlpModelParameters model, float[][] rows) => [.. rows.Select(row =>
    {
        float[] scores = new float[model.ScoreCount];
        model.Score(row, scores);
        return scores;
    })];

    /// <summary>A file with another header and the same values.</summary>
    public static byte[] WithHeader(string path, Func<string, string> change)
    {
        byte[] file = File.ReadAllBytes(path);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        byte[] header = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(file, 8, length)));
        byte[] start = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(start, header.Length);
        return [.. start, .. header, .. file[(8 + length)..]];
    }

    /// <summary>The header of a file.</summary>
    public static JsonElement HeaderOf(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        return JsonDocument.Parse(file.AsMemory(8, (int)BinaryPrimitives.ReadInt64LittleEndian(file))).RootElement;
    }

    private static float[][] Numbers(JsonElement lists) => [.. lists.EnumerateArray().Select(list => list.EnumerateArray().Select(number => number.GetSingle()).ToArray())];
}
