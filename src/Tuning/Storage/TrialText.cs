using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLExtensions.Tuning.Storage;

/// <summary>Searches and trials as lines of JSON.</summary>
internal static class TrialText
{
    public static string Write(SearchIdentity identity) => JsonSerializer.Serialize(identity);

    /// <exception cref="JsonException">It is no head of a journal.</exception>
    public static SearchIdentity ReadIdentity(string line) => JsonSerializer.Deserialize<SearchIdentity>(line) is { Space: not null, Data: not null, Objective: not null, Options: not null } identity
        ? identity
        : throw new JsonException("Expected the head of a search.");

    /// <summary>A trial, as it begins or as it ended.</summary>
    public static string Write(TrialRecord trial, DimensionList dimensions)
    {
        var line = new JsonObject
        {
            ["trial"] = trial.Number,
            ["state"] = $"{trial.State}",
            ["worker"] = trial.Worker,
            ["values"] = new JsonObject(dimensions.All.Where(dimension => trial.Point[dimension.Name] is not null)
                .Select(dimension => KeyValuePair.Create<string, JsonNode?>(dimension.Name, Write(dimension, trial.Point[dimension.Name]!.Value)))),
        };
        if (trial.State != TrialState.Running)
        {
            line["score"] = Write(trial.Score);
            line["folds"] = new JsonArray([.. trial.Folds.Select(Write)]);
            line["rungs"] = new JsonObject(trial.Rungs.Select(rung => KeyValuePair.Create(Invariant($"{rung.Key}"), Write(rung.Value))));
            line["lastRung"] = Write(trial.LastRung);
            line["firstFold"] = trial.CameThroughFirstFold;
            line["epochs"] = trial.Epochs;
            line["seconds"] = Math.Round(trial.Seconds, 3);
            line["reason"] = trial.Reason;
        }
        return line.ToJsonString();
    }

    /// <summary>Reads a trial; null for a line that is none.</summary>
    public static TrialRecord? ReadTrial(string line, DimensionList dimensions)
    {
        try
        {
            var node = JsonNode.Parse(line)!;
            var values = node["values"]!.AsObject();
            var point = new SearchPoint(values.Select(value => KeyValuePair.Create(value.Key, Read(dimensions.All.Single(dimension => dimension.Name == value.Key), value.Value!))));
            var trial = new TrialRecord((int)node["trial"]!, (string)node["worker"]!, point) { State = Enum.Parse<TrialState>((string)node["state"]!) };
            return trial.State == TrialState.Running ? trial : trial with
            {
                Score = ReadNumber(node["score"]),
                Folds = [.. node["folds"]!.AsArray().Select(ReadNumber)],
                Rungs = node["rungs"]!.AsObject().ToDictionary(rung => int.Parse(rung.Key, System.Globalization.CultureInfo.InvariantCulture), rung => ReadNumber(rung.Value)),
                LastRung = ReadNumber(node["lastRung"]),
                CameThroughFirstFold = (bool)node["firstFold"]!,
                Epochs = (int)node["epochs"]!,
                Seconds = (double)node["seconds"]!,
                Reason = (string?)node["reason"],
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static JsonNode Write(Dimension dimension, double value) => dimension is ChoiceDimension choice ? JsonValue.Create(choice.Text(value)) : JsonValue.Create(value);

    private static double Read(Dimension dimension, JsonNode value)
    {
        if (dimension is not ChoiceDimension choice)
            return dimension.Has((double)value) ? (double)value : throw new FormatException();
        int place = choice.Labels.ToList().IndexOf((string)value!);
        return place >= 0 ? place : throw new FormatException();
    }

    // JSON has no NaN.
    private static JsonNode? Write(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static double ReadNumber(JsonNode? value) => value is null ? double.NaN : (double)value;
}
