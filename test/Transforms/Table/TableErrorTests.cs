using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;
using MLExtensions.Transforms.Table.Cells;
using MLExtensions.Transforms.Table.Profiles;

namespace MLExtensions.Transforms.Tests;

[TestClass]
public sealed class TableErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fit_MissingColumn_NamesTheNearest() =>
        ShouldBeRefused(TableData.Load(_ml), new(), "Hight",
            "Could not find input column 'Hight' (text, Boolean, a key, a number, a time, or a vector of known size of Single or Double). Did you mean 'Height'? The input has " +
            "'Label', 'Color', 'Price', 'Known', 'Height', 'Weight', 'Rooms', 'Code', 'Class', 'When', 'Sent', 'Took', 'Sizes', 'Doubles'. (Parameter 'Hight')");

    [TestMethod]
    [DataRow("Ragged", "Vector<Single> of unknown size", "Give vectors a known size, in a class by [VectorType(n)], or leave the column out.")]
    [DataRow("Words", "Vector<String>", "Load categories as a column each; text of several words is for ml.Transforms.Text.FeaturizeText, whose result can be named here; or leave the column out.")]
    [DataRow("Counts", "Vector<Int32>", "Convert it by ml.Transforms.Conversion.ConvertType, or leave it out.")]
    [DataRow("Flags", "Vector<Boolean>", "Make numbers of it first, as ml.Transforms.Categorical.OneHotEncoding does, or leave it out.")]
    [DataRow("Id", "DataViewRowId", "Leave it out: name the columns to encode, or it in Except.")]
    public void Fit_OtherType_GivesAdvice(string name, string type, string advice)
    {
        var data = _ml.Data.LoadFromEnumerable([new Others()]);
        string expected = $"Schema mismatch for input column '{name}': expected text, Boolean, a key, a number, a time, or a vector of known size of Single or Double, got {{0}}. {advice} (Parameter '{name}')";
        var estimator = _ml.Transforms.EncodeTable("Features", name);

        estimator.Invoking(e => e.GetOutputSchema(Shapes.Of(data))).Should().Throw<ArgumentOutOfRangeException>().WithMessage(string.Format(null, expected, type));
        estimator.Invoking(e => e.Fit(data)).Should().Throw<ArgumentOutOfRangeException>().WithMessage(string.Format(null, expected, "*"));
    }

    [TestMethod]
    public void Fit_VectorAsCategory_IsRefused() =>
        ShouldBeRefused(TableData.Load(_ml), new() { Categories = ["Sizes"] }, "Sizes",
            "Schema mismatch for category column 'Sizes': expected text, Boolean, a key, a number or a time, got Vector<Single*>. Convert it by ml.Transforms.Conversion.ConvertType, or leave it out. (Parameter 'Sizes')");

    [TestMethod]
    public void Fit_KeyAsNumber_IsRefused() =>
        ShouldBeRefused(TableData.Load(_ml), new() { Numbers = ["Class"] }, "Class",
            "Schema mismatch for number column 'Class': expected text, Boolean, a number, a time, or a vector of known size of Single or Double, got Key<UInt32*>. A key is a category: take it out of Numbers. (Parameter 'Class')");

    [TestMethod]
    public void Fit_IndicesOfCategories_AreRefused()
    {
        var data = TableData.Load(_ml);
        var pipeline = _ml.Transforms.EncodeTable("Features", "Height", "Color").Append(_ml.Transforms.EncodeTable("Again", "Features"));

        pipeline.Invoking(twice => twice.Fit(data)).Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            "Schema mismatch for input column 'Features': expected numbers, got the index of a category in slot 2. Name the columns that it was made of instead. (Parameter 'Features')");
    }

    [TestMethod]
    public void Fit_NoRows_IsTold() =>
        _ml.Transforms.EncodeTable("Features", "Height").Invoking(e => e.Fit(_ml.Data.LoadFromEnumerable(Array.Empty<TableRow>())))
            .Should().Throw<InvalidOperationException>().WithMessage("The data have no rows; encoding a table needs at least one.");

    [TestMethod]
    public void Fit_InfiniteNumbers_AreToldWithRowAndColumn()
    {
        const string Must = "Numbers must be finite, with NaN for missing ones: replace it or leave the row out.";

        Refusal(rows => rows[7].Height = float.NegativeInfinity, "Height").Should().Be($"Column 'Height' is infinite in row 7 (counted from 0). {Must}");
        Refusal(rows => rows[8].Weight = double.PositiveInfinity, "Weight").Should().Be($"Column 'Weight' is infinite in row 8 (counted from 0). {Must}");
        Refusal(rows => rows[9].Sizes[1] = float.PositiveInfinity, "Sizes").Should().Be($"Column 'Sizes', slot 1, is infinite in row 9 (counted from 0). {Must}");
        Refusal(rows => rows[8].Weight = -1e300, "Weight").Should().Be("Column 'Weight' is -1E+300 in row 8 (counted from 0), more than a Single holds. Divide the column first.");
    }

    [TestMethod]
    public void Fit_TextThatIsNoNumber_IsToldWithRowAndText() =>
        Refusal(rows => rows[12].Price = "n/a", "Price", new() { Numbers = ["Price"] }).Should().Be(
            "Column 'Price', which Numbers names, is 'n/a' in row 12 (counted from 0): expected a number such as -1234.5, or nothing. " +
            "Say in MissingTexts what stands for a missing number, or take the column out of Numbers.");

    [TestMethod]
    public void Fit_TooManyCategories_AreTold()
    {
        var data = TableData.Load(_ml);
        using var cursor = data.GetRowCursor(data.Schema);
        var profile = new ColumnProfile(cursor, data.Schema["Price"], ColumnWish.Category, new(), mostTexts: 3);

        var read = () =>
        {
            while (cursor.MoveNext())
                profile.AddRow();
        };

        read.Should().Throw<InvalidOperationException>().WithMessage("Column 'Price' has more than 3 different values up to row 4 (counted from 0), too many for categories. Leave it out, or name it in Numbers if it is one.");
    }

    [TestMethod]
    public void Transform_ColumnOfAnotherType_IsToldBeforeAnyRow()
    {
        var encoder = _ml.Transforms.EncodeTable("Features", "Rooms", "Sizes").Fit(TableData.Load(_ml));

        encoder.Invoking(e => e.Transform(_ml.Data.LoadFromEnumerable([new OtherTypes()]))).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Schema mismatch for input column 'Rooms': expected Int32, got Single. (Parameter 'Rooms')");
        encoder.Invoking(e => e.GetOutputSchema(_ml.Data.LoadFromEnumerable([new OtherSizes()]).Schema)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Schema mismatch for input column 'Sizes': expected Vector<Single, 3>, got Vector<Single, 2>. (Parameter 'Sizes')");
    }

    [TestMethod]
    public void Transform_KeyThatLostItsValues_IsTold()
    {
        var data = TableData.Load(_ml);
        var keys = _ml.Transforms.Conversion.MapValueToKey("Class", "Color").Fit(data).Transform(data);
        var (named, numbered) = (_ml.Transforms.EncodeTable("Features", "Class").Fit(keys), _ml.Transforms.EncodeTable("Features", "Class").Fit(data));

        named.Invoking(e => e.Transform(data)).Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            "Schema mismatch for input column 'Class': expected a key with its values (annotation KeyValues), got a key without values. Make keys the way that those of training were made. (Parameter 'Class')");
        numbered.Invoking(e => e.Transform(keys)).Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            "Schema mismatch for input column 'Class': expected a key without values, got a key with its values (annotation KeyValues). Make keys the way that those of training were made. (Parameter 'Class')");
    }

    private string Refusal(Action<TableRow[]> spoil, string name, TableEncodingOptions? options = null)
    {
        TableRow[] rows = [.. TableData.Rows.Select(row => new TableRow { Height = row.Height, Weight = row.Weight, Price = row.Price, Sizes = [.. row.Sizes], Doubles = row.Doubles })];
        spoil(rows);
        var fit = () => _ml.Transforms.EncodeTable("Features", options ?? new(), name).Fit(_ml.Data.LoadFromEnumerable(rows));
        return fit.Should().Throw<Exception>().Which.GetBaseException().Should().BeOfType<InvalidOperationException>().Which.Message;
    }

    private void ShouldBeRefused(IDataView data, TableEncodingOptions options, string name, string message)
    {
        var estimator = _ml.Transforms.EncodeTable("Features", options, name);

        estimator.Invoking(e => e.GetOutputSchema(Shapes.Of(data))).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
        estimator.Invoking(e => e.Fit(data)).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }

    private sealed class Others
    {
        public VBuffer<float> Ragged { get; set; }

        [VectorType(2)]
        public string[] Words { get; set; } = ["a", "b"];

        [VectorType(2)]
        public int[] Counts { get; set; } = [1, 2];

        [VectorType(2)]
        public bool[] Flags { get; set; } = [true, false];

        public DataViewRowId Id { get; set; }
    }

    private sealed class OtherTypes
    {
        public float Rooms { get; set; }

        [VectorType(3)]
        public float[] Sizes { get; set; } = [1, 2, 3];
    }

    private sealed class OtherSizes
    {
        public int Rooms { get; set; }

        [VectorType(2)]
        public float[] Sizes { get; set; } = [1, 2];
    }
}
