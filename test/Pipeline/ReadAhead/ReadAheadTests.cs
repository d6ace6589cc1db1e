using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Pipeline.Tests;

/// <summary>A mapping that reads ahead: rows as they would be without, and as many as are asked for.</summary>
[TestClass]
public sealed class ReadAheadTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly SummingTransformer _transformer = new();

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(100)]
    [DataRow(1000)]
    public void Cursor_AllColumnsOfEachRow_AreThoseOfTheInput(int rows)
    {
        var data = Load(rows);
        var view = _transformer.Transform(data);
        using var input = data.GetRowCursor(data.Schema);
        using var cursor = view.GetRowCursor(view.Schema);
        var (expected, actual) = (RowOf(input, data.Schema), RowOf(cursor, view.Schema));
        var sum = cursor.GetGetter<float>(view.Schema["Sum"]);

        for (int row = 0; row < rows; row++)
        {
            input.MoveNext().Should().BeTrue();
            cursor.MoveNext().Should().BeTrue();
            float value = 0;
            sum(ref value);
            value.Should().Be(1.5f * row);
            actual().Should().Be(expected());
        }

        cursor.MoveNext().Should().BeFalse();
        cursor.MoveNext().Should().BeFalse();
        cursor.Position.Should().Be(-1);
    }

    [TestMethod]
    public void Cursor_EachRowAskedFor_ReadsTwiceAsManyEachTime()
    {
        SumOf(_transformer.Transform(Load(400)), _ => true);

        _transformer.Asked.Where(asked => asked.Place == 0).Select(asked => asked.Count).Should().Equal(0, 2, 4, 8, 16, 32, 64, 96, 96, 81);
        _transformer.Asked.Where(asked => asked.Count == 96).Select(asked => asked.Place).Should().Equal([.. Enumerable.Range(0, 96), .. Enumerable.Range(0, 96)]);
    }

    [TestMethod]
    public void Cursor_RowsAskedForNowAndThen_ReadsNoMoreThanTwo()
    {
        SumOf(_transformer.Transform(Load(300)), row => row % 2 == 0);

        _transformer.Asked.Should().HaveCount(150).And.OnlyContain(asked => asked.Count <= 2);
    }

    [TestMethod]
    public void Cursor_OnlyTheFirstRows_AreRead()
    {
        var counted = new FailingView(Load(300));

        SumOf(_transformer.Transform(counted), _ => true, most: 3);

        counted.RowsMovedTo.Should().Be(3);
    }

    [TestMethod]
    public void Cursor_RowsThatComeOneByOne_AreNotWaitedFor()
    {
        int given = 0;
        IEnumerable<Row> Coming()
        {
            for (; given < 50; given++)
                yield return new Row { Left = given, Right = 0.5f * given, Numbers = [given, given] };
        }

        SumOf(_transformer.Transform(_ml.Data.LoadFromEnumerable(Coming())), row => given == row ? true : throw new InvalidOperationException($"row {given} was read before row {row} was scored"));

        given.Should().Be(50);
    }

    [TestMethod]
    public void Cursor_ColumnThatIsNotComputedFaster_ReadsNoneAhead()
    {
        var view = _transformer.Transform(Load(10));

        view.GetColumn<float>("Alone").Should().Equal(Enumerable.Range(0, 10).Select(row => (float)row));

        _transformer.ReadsAhead.Should().BeFalse();
    }

    [TestMethod]
    public void Cursor_ColumnOfVariableSizeInUse_ReadsNoneAhead()
    {
        var data = _ml.Transforms.Text.TokenizeIntoWords("Words", "Text").Fit(Load(10)).Transform(Load(10));
        var view = _transformer.Transform(data);

        RowTexts.Of(view).Should().HaveCount(10);
        _transformer.ReadsAhead.Should().BeFalse();
        view.GetColumn<float>("Sum").Should().HaveCount(10);
        _transformer.ReadsAhead.Should().BeTrue();
    }

    [TestMethod]
    public void Cursor_ValueThatFails_FailsAtItsRowAlone()
    {
        var view = _transformer.Transform(new FailingView(Load(100)) { FailingValue = 50 });
        using var cursor = view.GetRowCursor([view.Schema["Sum"]]);
        var sum = cursor.GetGetter<float>(view.Schema["Sum"]);

        for (int row = 0; row < 100; row++)
        {
            float value = 0;
            cursor.MoveNext().Should().BeTrue();
            cursor.Position.Should().Be(row);
            Action ask = () => sum(ref value);
            if (row == 50)
                ask.Should().Throw<IOException>().WithMessage(FailingView.Failure);
            else
                ask.Should().NotThrow();
            value.Should().Be(row == 50 ? 0 : 1.5f * row);
        }
        cursor.MoveNext().Should().BeFalse();
    }

    [TestMethod]
    public void Cursor_MoveThatFails_FailsAfterTheRowsBefore()
    {
        var view = _transformer.Transform(new FailingView(Load(100)) { FailingRow = 50 });
        using var cursor = view.GetRowCursor([view.Schema["Sum"]]);
        var sum = cursor.GetGetter<float>(view.Schema["Sum"]);
        float value = 0;

        for (int row = 0; row < 50; row++)
        {
            cursor.MoveNext().Should().BeTrue();
            sum(ref value);
        }

        value.Should().Be(1.5f * 49);
        Action move = () => cursor.MoveNext();
        move.Should().Throw<IOException>().WithMessage(FailingView.Failure);
        move.Should().Throw<IOException>();
    }

    [TestMethod]
    public void GetGetter_WrongTypeOrColumnNotAskedFor_IsRefused()
    {
        var view = _transformer.Transform(new FailingView(Load(10)) { MakesAllActive = true });
        using var cursor = view.GetRowCursor([view.Schema["Sum"]]);

        Action wrongType = () => cursor.GetGetter<double>(view.Schema["Left"]);
        Action notActive = () => cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Text"]);

        wrongType.Should().Throw<InvalidOperationException>().WithMessage("Column 'Left' holds System.Single, not System.Double.");
        notActive.Should().Throw<InvalidOperationException>().WithMessage("Column 'Text' is not active: ask for it when the cursor is made.");
        cursor.IsColumnActive(view.Schema["Left"]).Should().BeTrue();
        cursor.IsColumnActive(view.Schema["Text"]).Should().BeFalse("its values would be those of the row that was read last");
    }

    [TestMethod]
    public void CursorSet_AllRows_AreThoseOfOneCursor()
    {
        var view = _transformer.Transform(_ml.Data.Cache(Load(1000)));
        var sums = new System.Collections.Concurrent.ConcurrentBag<(long, float)>();

        foreach (var cursor in view.GetRowCursorSet([view.Schema["Sum"]], 3))
        {
            using (cursor)
            {
                var sum = cursor.GetGetter<float>(view.Schema["Sum"]);
                while (cursor.MoveNext())
                {
                    float value = 0;
                    sum(ref value);
                    sums.Add((cursor.Position, value));
                }
            }
        }

        sums.Select(sum => sum.Item2).Order().Should().Equal(Enumerable.Range(0, 1000).Select(row => 1.5f * row));
    }

    private IDataView Load(int rows) =>
        _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(row => new Row { Left = row, Right = 0.5f * row, Text = $"row {row}", Numbers = [row, -row] }).ToArray());

    private static void SumOf(IDataView view, Func<long, bool> isAsked, int most = int.MaxValue)
    {
        using var cursor = view.GetRowCursor([view.Schema["Sum"]]);
        var sum = cursor.GetGetter<float>(view.Schema["Sum"]);
        float value = 0;
        for (int row = 0; row < most && cursor.MoveNext(); row++)
        {
            if (!isAsked(cursor.Position))
                continue;
            sum(ref value);
            value.Should().Be(1.5f * row);
        }
    }

    // Everything that a cursor tells of its row, as text.
    private static Func<string> RowOf(DataViewRowCursor cursor, DataViewSchema schema)
    {
        var (text, numbers, left, id) = (cursor.GetGetter<ReadOnlyMemory<char>>(schema["Text"]), cursor.GetGetter<VBuffer<double>>(schema["Numbers"]), cursor.GetGetter<float>(schema["Left"]), cursor.GetIdGetter());
        return () =>
        {
            ReadOnlyMemory<char> textValue = default;
            VBuffer<double> vector = default;
            float leftValue = 0;
            DataViewRowId idValue = default;
            text(ref textValue);
            numbers(ref vector);
            left(ref leftValue);
            id(ref idValue);
            return $"{cursor.Position} {cursor.Batch} {idValue} {leftValue} '{textValue}' [{string.Join(' ', vector.DenseValues())}]";
        };
    }

    private sealed class Row
    {
        public float Left { get; set; }

        public float Right { get; set; }

        public string Text { get; set; } = "";

        [VectorType(2)]
        public double[] Numbers { get; set; } = [];
    }
}
