using MLExtensions.Tool.Csv;
using MLExtensions.Tool.Failures;

namespace MLExtensions.Tool.Tests;

[TestClass]
public sealed class CsvReaderTests
{
    [TestMethod]
    [DataRow("a,b\n1,2\n", "a|b;1|2")]
    [DataRow("a,b\r\n1,2", "a|b;1|2")]
    [DataRow("a,b\r1,2\r", "a|b;1|2")]
    [DataRow("a, b \n\n\n 1 ,\n", "a|b;1|")]
    [DataRow("\"a,\"\"x\"\"\",\"b\r\nc\"\n1,2", "a,\"x\"|b\nc;1|2")]
    [DataRow("it's 5\" wide,b", "it's 5\" wide|b")]
    [DataRow("\"a\"x,b", "ax|b")]
    [DataRow(",\n", "|")]
    [DataRow("\"\",ü 漢", "|ü 漢")]
    [DataRow("", "")]
    public void Read_WaysToWriteATable_GivesItsCells(string text, string expected)
    {
        using var reader = new CsvReader(new StringReader(text), ',', "file");

        var records = new List<string>();
        while (reader.Read())
            records.Add(string.Join('|', reader.ToTexts()));

        string.Join(';', records).Should().Be(expected);
    }

    [TestMethod]
    public void Read_CellsAcrossTheBuffer_AreWhole()
    {
        string[] cells = [.. Enumerable.Range(0, 20_000).Select(cell => $"cell \"{cell}\"\r\n")];
        string text = string.Join("\r\n", cells.Select(cell => $"\"{cell.Replace("\"", "\"\"")}\",x"));
        using var reader = new CsvReader(new StringReader(text), ',', "file");

        foreach (string cell in cells)
        {
            reader.Read().Should().BeTrue();
            reader[0].ToString().Should().Be(cell.TrimEnd());
            reader.Count.Should().Be(2);
        }
        reader.Read().Should().BeFalse();
    }

    [TestMethod]
    public void Line_RecordsOfSeveralLines_IsWhereTheyBegin()
    {
        using var reader = new CsvReader(new StringReader("a\n\n\"b\n\nc\"\nd"), ',', "file");
        var lines = new List<long>();

        while (reader.Read())
            lines.Add(reader.Line);

        lines.Should().Equal(1, 3, 6);
    }

    [TestMethod]
    public void Read_AQuoteThatIsNeverClosed_IsRefusedWithItsLine()
    {
        using var reader = new CsvReader(new StringReader("a,b\n1,\"2\n3,4\n"), ',', "file.csv");
        reader.Read();

        Action read = () => reader.Read();

        read.Should().Throw<ToolException>().WithMessage("file.csv, line 2: a quote*never closed*");
    }

    [TestMethod]
    [DataRow("a,b;c\n1,2;3\n", ',')]
    [DataRow("a;b\n1,5;2\n", ';')]
    [DataRow("a;b\n1,5;2,5\n3,5;4,5", ';')]
    [DataRow("a\tb c\n1\t2\n", '\t')]
    [DataRow("a|b\n1|2\n", '|')]
    [DataRow("one\ntwo\n", ',')]
    [DataRow("\"a;b;c\",d\n\"1;2;3\",4\n", ',')]
    public void SeparatorOf_Tables_IsWhatCutsThemEvenly(string text, char expected) => CsvDialect.SeparatorOf(text, isWhole: true).Should().Be(expected);
}
