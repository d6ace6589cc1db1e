using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using MLExtensions.Pipeline.Persistence;

namespace MLExtensions.Tool.Models;

/// <summary>Models in files: ML.NET's own archive, which any application loads, with the description of the table beside.</summary>
internal static class ModelArchive
{
    private const string Entry = "MLExtensions.Tool/table.json";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    /// <summary>Saves a model: the file is the old one or the new one, whole.</summary>
    /// <exception cref="ToolException">The file cannot be written.</exception>
    public static void Save(MLContext ml, ToolModel model, string path)
    {
        try
        {
            ReplacedFile.Write(path, stream =>
            {
                ml.Model.Save(model.Transformer, model.Schema, stream);
                stream.Position = 0;
                using var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true);
                using var entry = archive.CreateEntry(Entry).Open();
                JsonSerializer.Serialize(entry, model.Table, s_json);
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(exception.Message, exception);
        }
    }

    /// <summary>Loads a model.</summary>
    /// <exception cref="ToolException">There is no such file, or it is no model of ours.</exception>
    public static ToolModel Load(MLContext ml, string path)
    {
        if (!File.Exists(path))
            throw new ToolException(Directory.Exists(path) ? $"'{path}' is a folder: expected the .zip file of a model." : $"There is no model '{path}' (looked in {Directory.GetCurrentDirectory()}). mlextensions train makes one.");
        ITransformer transformer;
        DataViewSchema schema;
        TableDescription? table;
        try
        {
            using var stream = File.OpenRead(path);
            table = ReadTable(stream);
            stream.Position = 0;
            transformer = ml.Model.Load(stream, out schema);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new ToolException($"'{path}': expected the .zip file of a model, as mlextensions train and ml.Model.Save write it, and it cannot be read: {FirstLine(exception.Message)}", exception);
        }
        return new(transformer, table ?? ForeignModel.TableOf(transformer, schema, path));
    }

    private static TableDescription? ReadTable(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.GetEntry(Entry) is not { } entry)
            return null;
        using var json = entry.Open();
        return JsonSerializer.Deserialize<TableDescription>(json, s_json);
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}
