// Scores rows with a model that ML.NET saved, on a machine that has neither ML.NET nor .NET:
//   dotnet publish samples/NativeScoring -c Release -r linux-x64 -p:IlcInstructionSet=native -o native
//   native/NativeScoring model.zip rows.csv
// A line is a row: its features by commas, nothing for one that is missing. What it prints is the scores, and the label where there is one.
// Without IlcInstructionSet the program runs on any processor of its kind, more slowly, and last digits differ.
using System.Globalization;
using MLExtensions.Networks;

if (args.Length is not (1 or 2))
{
    Console.Error.WriteLine("Expected the model and, if they do not come from the standard input, the rows: NativeScoring model.zip [rows.csv]");
    return 2;
}
try
{
    var scorer = ModelScorer.Load(args[0]);
    float[] features = new float[scorer.FeatureCount], scores = new float[scorer.ScoreCount];
    bool isClass = scorer.Task is ModelTask.BinaryClassification or ModelTask.MulticlassClassification;
    using var rows = args.Length == 2 ? new StreamReader(args[1]) : Console.In;
    while (rows.ReadLine() is { } line)
    {
        Parse(line, features);
        scorer.Score(features, scores);
        string text = string.Join(',', scores.Select(score => score.ToString(CultureInfo.InvariantCulture)));
        Console.WriteLine(isClass ? $"{text},{scorer.PredictedLabel(scores)}" : text);
    }
    return 0;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or NotSupportedException or ArgumentException or InvalidOperationException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static void Parse(string line, float[] features)
{
    string[] cells = line.Split(',');
    if (cells.Length != features.Length)
        throw new FormatException($"Expected {features.Length} features by commas, got {cells.Length}: '{line}'");
    for (int slot = 0; slot < cells.Length; slot++)
        features[slot] = cells[slot].Length == 0 ? float.NaN : float.Parse(cells[slot], CultureInfo.InvariantCulture);
}
