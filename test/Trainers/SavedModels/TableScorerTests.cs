using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Networks;
using MLExtensions.TestSupport;
using MLExtensions.Transforms;

namespace MLExtensions.Trainers.Tests;

/// <summary>Rows of tables scored without ML.NET give what ML.NET gives, to the bit.</summary>
[TestClass]
public sealed class TableScorerTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(CategoryEncoding.Index, MissingNumbers.Median)]
    [DataRow(CategoryEncoding.Index, MissingNumbers.Keep)]
    [DataRow(CategoryEncoding.OneHot, MissingNumbers.Median)]
    public void Score_RowsOfEveryType_GivesTheBitsOfMicrosoftML(CategoryEncoding encoding, MissingNumbers missing)
    {
        var options = new TableEncodingOptions { Except = ["Label", "Word"], CategoryEncoding = encoding, MissingNumbers = missing, MinimumCount = 2, Categories = ["Grade"] };
        var training = Keyed(Rows(seed: 1));
        var model = _ml.Transforms.EncodeTable("Features", options).Append(_ml.Regression.Trainers.DeepMlp(Options)).Fit(training);
        // Among these are texts and numbers that training has not met.
        var rows = Rows(seed: 2).Concat([new TableRow { Text = "never seen", Grade = 99.5f, Whole = 7, Number = -0.0f }]).ToArray();

        var scorer = ModelScorer.Load(new MemoryStream(SavedModels.ToBytes(model, training.Schema)));

        var row = scorer.NewRow();
        float[] scored = [.. rows.Select(values => Score(scorer, row, values))];
        scored.Select(BitConverter.SingleToInt32Bits).Should().Equal(model.Transform(Keyed(rows)).GetColumn<float>("Score").Select(BitConverter.SingleToInt32Bits));
        scored.Distinct().Count().Should().BeGreaterThan(50);
        row.Columns.Select(column => column.Key).Should().Equal("Number", "Wide", "Whole", "Flag", "Text", "Digits", "Grade", "Vector", "Plain", "Key");
    }

    [TestMethod]
    public void Set_WhatIsNoneOfTheColumn_SaysWhatItHolds()
    {
        var training = Keyed(Rows(seed: 1));
        var model = _ml.Transforms.EncodeTable("Features", new TableEncodingOptions { Except = ["Label", "Word"] }).Append(_ml.Regression.Trainers.DeepMlp(Options)).Fit(training);
        var scorer = ModelScorer.Load(new MemoryStream(SavedModels.ToBytes(model, training.Schema)));
        var row = scorer.NewRow();
        float[] scores = new float[1];

        FluentActions.Invoking(() => row.Set("Age", 1)).Should().Throw<ArgumentException>().WithMessage("The model was trained on no column 'Age': expected one of 'Number', 'Wide', *");
        FluentActions.Invoking(() => row.Set("Text", 1)).Should().Throw<ArgumentException>().WithMessage("Column 'Text' holds text, got a number.");
        FluentActions.Invoking(() => row.Set("Number", "1")).Should().Throw<ArgumentException>().WithMessage("Column 'Number' holds Single, got text.");
        FluentActions.Invoking(() => row.Set("Whole", 1.5)).Should().Throw<ArgumentException>().WithMessage("Column 'Whole' holds Int32, got 1.5.");
        FluentActions.Invoking(() => row.Set("Whole", 3_000_000_000)).Should().Throw<ArgumentException>().WithMessage("Column 'Whole' holds Int32, got 3000000000.");
        FluentActions.Invoking(() => row.Set("Vector", [1f])).Should().Throw<ArgumentException>().WithMessage("Column 'Vector' holds a vector of 2 numbers, got 1 number.");
        FluentActions.Invoking(() => scorer.Score(row, scores)).Should().Throw<InvalidOperationException>().WithMessage("Column 'Whole' holds Int32, of which none is missing: set it.");
        FluentActions.Invoking(() => scorer.Score(ModelScorer.Load(new MemoryStream(SavedModels.ToBytes(model, null))).NewRow(), scores)).Should().Throw<ArgumentException>().WithMessage("The row was made by another model*");
    }

    [TestMethod]
    public void NewRow_ModelWithoutTable_SaysThatItTakesFeatures()
    {
        var scorer = ModelScorer.Load(new MemoryStream(SavedModels.ToBytes(Trainer.Fit(LearningTask.Binary).Transformer, null)));

        scorer.HasTable.Should().BeFalse();
        FluentActions.Invoking(scorer.NewRow).Should().Throw<InvalidOperationException>().WithMessage("The model takes 3 features as they are, and has no EncodeTable before its network*");
    }

    [TestMethod]
    public void Load_TableWithTimes_NamesTheColumn()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Timed { When = new DateTime(2026, 1, 1).AddHours(7 * i), Label = i % 5 }));
        var model = _ml.Transforms.EncodeTable("Features", new TableEncodingOptions { Except = ["Label"] }).Append(_ml.Regression.Trainers.DeepMlp(Options)).Fit(data);

        FluentActions.Invoking(() => ModelScorer.Load(new MemoryStream(SavedModels.ToBytes(model, data.Schema)))).Should().Throw<FormatException>()
            .WithMessage("Cannot load model component 'MLExtTableEncoding'*column 'When' is of type DateTime, which is not read without ML.NET*");
    }

    private static DeepMlpOptions Options { get; } = new() { LabelColumnName = "Label", HiddenLayers = [8], NumberOfEpochs = 3, BatchSize = 16, Seed = 3 };

    private static float Score(ModelScorer scorer, ModelRow row, TableRow values)
    {
        row.Clear();
        row.Set("Number", values.Number);
        row.Set("Wide", values.Wide);
        row.Set("Whole", values.Whole);
        row.Set("Flag", values.Flag);
        row.Set("Text", values.Text);
        row.Set("Digits", values.Digits);
        row.Set("Grade", values.Grade);
        row.Set("Vector", values.Vector);
        row.Set("Plain", values.Plain < 3 ? values.Plain + 1 : 0);
        row.Set("Key", values.Word);
        float[] scores = new float[1];
        scorer.Score(row, scores);
        return scores[0];
    }

    private IDataView Keyed(IEnumerable<TableRow> rows) => _ml.Transforms.Conversion.MapValueToKey("Key", "Word").Fit(_ml.Data.LoadFromEnumerable(Rows(seed: 1))).Transform(_ml.Data.LoadFromEnumerable(rows));

    private static TableRow[] Rows(int seed)
    {
        var random = new System.Random(seed);
        string[] texts = ["red", " green ", "blue", "?", "", $"rare {seed}"], words = ["one", "two", "three"];
        return [.. Enumerable.Range(0, 90).Select(_ => new TableRow
        {
            Number = random.Next(8) == 0 ? float.NaN : random.NextSingle() * 100,
            Wide = random.NextDouble() * 1e6,
            Whole = random.Next(4),
            Flag = random.Next(2) == 1,
            Text = texts[random.Next(random.Next(6) == 0 ? 6 : 5)],
            Digits = random.Next(9) == 0 ? "NaN" : $"{random.Next(1000) / 8.0}".Replace(',', '.'),
            Grade = random.Next(5) / 10f,
            Vector = [random.NextSingle(), random.Next(9) == 0 ? float.NaN : random.NextSingle()],
            Plain = (uint)random.Next(4),
            Word = words[random.Next(3)],
            Label = random.NextSingle() * 10,
        })];
    }

    private sealed class TableRow
    {
        public float Number { get; set; }
        public double Wide { get; set; }
        public int Whole { get; set; }
        public bool Flag { get; set; }
        public string Text { get; set; } = "";
        public string Digits { get; set; } = "";
        public float Grade { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [0, 0];

        [KeyType(3)]
        public uint Plain { get; set; }

        public string Word { get; set; } = "one";
        public float Label { get; set; }
    }

    private sealed class Timed
    {
        public DateTime When { get; set; }
        public float Label { get; set; }
    }
}
