using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests;

[TestClass]
[TestCategory("Explanation")]
public sealed class PartialDependenceTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void PartialDependence_Number_IsTheFunctionAtItsQuantiles()
    {
        var rows = Rows(101);
        var data = new CountingView(_ml.Data.LoadFromEnumerable(rows));
        int before = data.Requests.Count;

        var found = _ml.Model.PartialDependence(Model(), data, "X", new() { GridSize = 7 });

        (data.Requests.Count - before).Should().Be(1);
        found.Rows.Should().Be(101);
        found.Outputs.Should().Equal("Score");
        float[] ascending = [.. rows.Select(row => row.X).Where(x => !float.IsNaN(x)).Order()];
        found.Values.Select(value => value.Number).Should().Equal(new[] { 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95 }.Select(share => (double?)ascending[(int)Math.Round(share * (ascending.Length - 1))]));
        for (int value = 0; value < 7; value++)
        {
            double x = found.Values[value].Number!.Value;
            for (int row = 0; row < 101; row++)
                found.Individual(row, value).Should().BeApproximately((float)(2 * x * rows[row].Y + Bonus(rows[row].Kind)), 1e-5f);
            found.Means()[value].Should().BeApproximately(rows.Average(row => 2 * x * row.Y + Bonus(row.Kind)), 1e-5);
        }
    }

    [TestMethod]
    public void Centred_Lines_BeginAtZero()
    {
        var found = _ml.Model.PartialDependence(Model(), _ml.Data.LoadFromEnumerable(Rows(50)), "X");

        var centred = found.Centred();

        for (int row = 0; row < 50; row++)
        {
            centred.Individual(row, 0).Should().Be(0);
            centred.Individual(row, 3).Should().Be(found.Individual(row, 3) - found.Individual(row, 0));
        }
        centred.Means()[3].Should().BeApproximately(found.Means()[3] - found.Means()[0], 1e-5);
    }

    [TestMethod]
    public void PartialDependence_Categories_AreThoseOfMostRows()
    {
        var rows = Rows(60);
        var data = _ml.Data.LoadFromEnumerable(rows);

        var all = _ml.Model.PartialDependence(Model(), data, "Kind");
        var two = _ml.Model.PartialDependence(Model(), data, "Kind", new() { GridSize = 2 });

        all.Values.Should().Equal(new GridValue("b", null, 30), new GridValue("a", null, 20), new GridValue("c", null, 10));
        double rest = rows.Average(row => float.IsNaN(row.X) ? 0 : 2 * row.X * row.Y);
        all.Means().Zip(["b", "a", "c"], (mean, kind) => mean - rest - Bonus(kind)).Should().OnlyContain(error => Math.Abs(error) < 1e-5);
        two.Values.Select(value => value.Text).Should().Equal("b", "a");
    }

    [TestMethod]
    public void PartialDependence_FewNumbersKeysTimesAndTruth_HaveValuesThatOccur()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows(60));
        var chain = _ml.Transforms.Conversion.MapValueToKey("Key", "Kind").Fit(data);
        var keyed = chain.Transform(data);

        _ml.Model.PartialDependence(Model(), keyed, "Y").Values.Select(value => value.Number).Should().Equal(0, 1, 2, 3);
        _ml.Model.PartialDependence(Model(), keyed, "Key").Values.Select(value => value.Text).Should().Equal("b", "a", "c");
        _ml.Model.PartialDependence(Model(), keyed, "IsNew").Values.Select(value => value.Text).Should().BeEquivalentTo("True", "False");
        var days = _ml.Model.PartialDependence(Model(), keyed, "Day").Values;
        days.Select(value => value.Number).Should().BeInAscendingOrder().And.HaveCount(5);
        days[0].Text.Should().Be("01/02/2024 00:00:00");
    }

    [TestMethod]
    public void PartialDependence_ClassesOfAChain_AreNamed()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows(90));
        var model = _ml.Transforms.EncodeTable("Features", "X", "Kind").Append(_ml.MulticlassClassification.Trainers.DeepMlp(Trainer.Quick with
        {
            LabelColumnName = "Kind",
            InputScaling = Networks.InputScaling.Robust,
            NumberOfEpochs = 60,
            Optimizer = new Networks.AdamOptions { LearningRate = 0.02f },
        })).Fit(data);

        var found = _ml.Model.PartialDependence(model, data, "Kind", new() { MaximumRows = 40 });

        found.Rows.Should().Be(40);
        found.Outputs.Should().Equal("a", "b", "c");
        foreach (var (place, value) in found.Values.Index())
            Enumerable.Range(0, 3).MaxBy(output => found.Means(output)[place]).Should().Be("abc".IndexOf(value.Text), "the class is in the row");
    }

    [TestMethod]
    public void PartialDependence_ProbabilityWhereThereIsOne_OrWhatIsAskedFor()
    {
        var data = Examples.Load(_ml);
        var model = _ml.Transforms.Concatenate("Features", "Value", "Weight").Append(_ml.BinaryClassification.Trainers.DeepMlp(Trainer.Quick with { LabelColumnName = "Truth" })).Fit(data);

        _ml.Model.PartialDependence(model, data, "Value").Outputs.Should().Equal("Probability");
        _ml.Model.PartialDependence(model, data, "Value", new() { ScoreColumnName = "Score" }).Outputs.Should().Equal("Score");
        var none = () => _ml.Model.PartialDependence(model, data, "Value", new() { ScoreColumnName = "Nothing" });
        none.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*score column 'Nothing'*");
    }

    [TestMethod]
    public void PartialDependence_TwoColumns_IsTheMeanForEachPair()
    {
        var rows = Rows(40);

        var found = _ml.Model.PartialDependence(Model(), _ml.Data.LoadFromEnumerable(rows), "X", "Y", new() { GridSize = 4 });

        double rest = rows.Average(row => Bonus(row.Kind));
        for (int x = 0; x < 4; x++)
        {
            for (int y = 0; y < 4; y++)
                found[x, y].Should().BeApproximately(2 * found.FirstValues[x].Number!.Value * found.SecondValues[y].Number!.Value + rest, 1e-5);
        }
        found.ToCsv().Split('\n').Should().HaveCount(1 + 16 + 1);
    }

    [TestMethod]
    public void Texts_AreTables()
    {
        var found = new PartialDependence("a,b", [new("1", 1, 0), new("2.5", 2.5, 0)], ["Score"], 2, [1, 2, 3, 5]);

        found.ToCsv().Should().Be("\"a,b\",Score\n1,2\n2.5,3.5\n");
        found.IndividualsToCsv().Should().Be("1,2.5\n1,2\n3,5\n");
        found.ToString().Should().Be("a,b       Score  (mean over 2 rows)\n1             2\n2.5         3.5\n");
    }

    [TestMethod]
    public void PartialDependence_WrongArguments_AreNamed()
    {
        var data = Examples.Load(_ml);
        void Throws<TException>(Action run, string message)
            where TException : Exception => run.Should().Throw<TException>().WithMessage(message);

        Throws<ArgumentException>(() => _ml.Model.PartialDependence(Model(), data, "Value", new() { GridSize = 1, MaximumRows = 0, ScoreColumnName = "" }),
            "GridSize must be at least 2, got 1. MaximumRows must be at least 1, got 0. ScoreColumnName must not be empty.*");
        Throws<ArgumentOutOfRangeException>(() => _ml.Model.PartialDependence(Model(), data, "Features"), "*'Features': expected a single value: a number, text, key, Boolean or time*");
        Throws<ArgumentException>(() => _ml.Model.PartialDependence(Model(), data, "Value", "Value"), "Expected two columns, got 'Value' twice.*");
        var missing = _ml.Data.LoadFromEnumerable(Rows(3).Select(row => { row.X = float.NaN; return row; }));
        Throws<InvalidOperationException>(() => _ml.Model.PartialDependence(Model(), missing, "X"), "Column 'X' has no value in any of 3 rows.");
    }

    private ITransformer Model() => _ml.Transforms.CustomMapping<Input, Scored>(
        (row, scored) => scored.Score = (float.IsNaN(row.X) ? 0 : 2 * row.X * row.Y) + Bonus(row.Kind), null).Fit(_ml.Data.LoadFromEnumerable(Rows(2)));

    private static float Bonus(string kind) => kind == "a" ? 1 : kind == "b" ? -2 : 5;

    // Of six rows three are b, two a, and one is c.
    private static List<Row> Rows(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(row => new Row
        {
            X = row % 10 == 9 ? float.NaN : random.NextSingle(),
            Y = row % 4,
            Kind = "abcbab"[row % 6].ToString(),
            IsNew = row % 3 == 0,
            Day = new DateTime(2024, 1, 2 + row % 5),
        })];
    }

    private class Input
    {
        public float X { get; set; }

        public float Y { get; set; }

        public string Kind { get; set; } = "";
    }

    private sealed class Row : Input
    {
        public bool IsNew { get; set; }

        public DateTime Day { get; set; }
    }

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
