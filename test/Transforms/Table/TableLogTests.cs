using Microsoft.ML;

namespace MLExtensions.Transforms.Tests;

/// <summary>What fitting writes to ML.NET's log.</summary>
[TestClass]
public sealed class TableLogTests
{
    private readonly List<string> _messages = [];
    private readonly MLContext _ml = new(seed: 1);

    public TableLogTests() => _ml.Log += (_, log) =>
    {
        if (log.RawMessage.StartsWith("EncodeTable: ", StringComparison.Ordinal))
            _messages.Add($"{log.Kind}: {log.RawMessage}");
    };

    [TestMethod]
    public void Fit_OrdinaryTable_WritesWhatColumnsWereTakenFor()
    {
        var columns = _ml.Transforms.EncodeTable("Features", "Color", "Known", "Height", "Rooms", "When").Fit(TableData.Load(_ml)).Columns;

        _messages.Should().Equal($"Info: EncodeTable: 11 slots of 5 columns make 'Features':\n{columns}");
    }

    [TestMethod]
    public void Fit_SuspiciousColumns_WarnsOnceOfEachKind()
    {
        var rows = Enumerable.Range(0, 30).Select(i => new Odd { Name = $"name {i}", Id = $"x{i}", Nothing = float.NaN, Vector = [float.NaN, 7, i], Always = "same", Number = 3, Day = new(2024, 1, 1), Few = $"{i % 5}x" });

        _ml.Transforms.EncodeTable("Features", new TableEncodingOptions { Except = [] }).Fit(_ml.Data.LoadFromEnumerable(rows));

        _messages.Where(message => message.StartsWith("Warning", StringComparison.Ordinal)).Should().Equal(
            "Warning: EncodeTable: no training row has a value of 'Nothing', 'Vector.0': the slot is 0 always. Leave out what is never there.",
            "Warning: EncodeTable: all training rows have the same value of 'Vector.1' (7), 'Always' (same), 'Number' (3), 'Day' (one time), which tells them not apart. Leave it out.",
            "Warning: EncodeTable: most training rows have a value of their own of 'Name' (30 values in 30 rows), 'Id' (30 values in 30 rows), as of a name or a number of rows: such categories tell nothing of other rows. " +
            "Leave it out (Except), merge rare values (MinimumCount), or name it in Numbers if it is one.");
    }

    [TestMethod]
    public void Fit_ManySuspiciousColumns_NamesTen()
    {
        var rows = Enumerable.Range(0, 3).Select(i => new Wide());

        _ml.Transforms.EncodeTable("Features", "Vector").Fit(_ml.Data.LoadFromEnumerable(rows));

        _messages.Should().ContainMatch("Warning: EncodeTable: all training rows have the same value of 'Vector.0' (0), 'Vector.1' (0), *'Vector.9' (0) and 5 more, which*");
    }

    private sealed class Odd
    {
        public string Name { get; set; } = "";

        public string Id { get; set; } = "";

        public float Nothing { get; set; }

        [Microsoft.ML.Data.VectorType(3)]
        public float[] Vector { get; set; } = [];

        public string Always { get; set; } = "";

        public int Number { get; set; }

        public DateTime Day { get; set; }

        public string Few { get; set; } = "";
    }

    private sealed class Wide
    {
        [Microsoft.ML.Data.VectorType(15)]
        public float[] Vector { get; set; } = new float[15];
    }
}
