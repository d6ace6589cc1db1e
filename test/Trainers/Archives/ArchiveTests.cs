using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Trainers.Tests;

/// <summary>Archives of earlier versions load, and score what they scored then; make_archives.cs made them.</summary>
[TestClass]
public sealed class ArchiveTests
{
    [TestMethod]
    [DataRow("binary")]
    [DataRow("multiclass")]
    [DataRow("multilabel")]
    [DataRow("regression")]
    public void Load_ArchiveOfAnEarlierVersion_ScoresWhatItScoredThen(string name)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Archives", "0.1.0");
        float[][] lines = [.. File.ReadLines(Path.Combine(folder, name + ".csv"))
            .Select(line => Array.ConvertAll(line.Split(','), value => float.Parse(value, CultureInfo.InvariantCulture)))];
        var ml = new MLContext();

        var model = ml.Model.Load(Path.Combine(folder, name + ".zip"), out _);

        var scored = model.Transform(ml.Data.LoadFromEnumerable(lines.Select(line => new Row { Features = line[..4] })));
        float[][] scores = scored.Schema["Score"].Type is VectorDataViewType
            ? [.. scored.GetColumn<float[]>("Score")]
            : [.. scored.GetColumn<float>("Score").Select(score => new[] { score })];
        // The last bits depend on the processor's instructions.
        foreach (var (line, score) in lines.Zip(scores))
            score.Zip(line[4..]).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 1e-5f * Math.Max(1, Math.Abs(pair.Second)));
        scores.Should().HaveCount(60);
        scores.Select(score => score[0]).Distinct().Count().Should().BeGreaterThan(40);
    }

    private sealed class Row
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public string Name { get; set; } = "";
    }
}
