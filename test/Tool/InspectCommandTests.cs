namespace MLExtensions.Tool.Tests;

[TestClass]
public sealed class InspectCommandTests
{
    private static readonly string s_rows = string.Concat(Enumerable.Range(0, 60).Select(row =>
        $"{row + 7},{row * 37 % 60}.5,{row % 3},{(row % 2 == 0 ? "x" : "y")},2024-0{1 + row % 9}-11,same,name{row},{(row == 5 ? "n/a" : $"{row}.25")},,{(row == 6 ? "oops" : $"1{row % 50}.5")},{row % 28 + 1}/2/2024\n"));

    [TestMethod]
    public void Table_ColumnsOfAllKinds_AreTakenForWhatTheyAre()
    {
        using var run = new ToolRun();
        string path = run.Write("data.csv", "\uFEFFid,x,few,letter,date,constant,name,gaps,empty,dirty,slashes\n" + s_rows);

        run.Well("inspect", path, "--json");

        var columns = run.Json["columns"]!.AsArray().ToDictionary(column => (string)column!["name"]!, column => $"{column!["takenFor"]}: {column["reason"]}");
        columns.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["id"] = "ignored: counts the rows",
            ["x"] = "number: ",
            ["few"] = "category: whole numbers of few values",
            ["letter"] = "category: ",
            ["date"] = "date: ",
            ["constant"] = "ignored: one value in all rows: same",
            ["name"] = "ignored: nearly every row has a text of its own, as names and free text do",
            ["gaps"] = "number: ",
            ["empty"] = "ignored: empty",
            ["dirty"] = "number: 1 value is no number, as 'oops' in line 8: taken as missing",
            ["slashes"] = "category: dates? 2024-12-31 would be taken as one",
        });
        run.Json["columns"]![7]!["missing"]!.GetValue<int>().Should().Be(1);
        run.Json["columns"]![8]!["missing"]!.GetValue<int>().Should().Be(60);
    }

    [TestMethod]
    [DataRow("--text", "x", "x", "category: as told")]
    [DataRow("--number", "few", "few", "number: as told")]
    [DataRow("--ignore", "LETTER,x", "letter", "ignored: as told")]
    [DataRow("--text", "name", "name", "category: as told")]
    [DataRow("--number", "id", "id", "number: as told")]
    [DataRow("--missing", "oops", "dirty", "number: ")]
    public void Table_ToldOtherwise_IsTakenAsTold(string option, string value, string name, string expected)
    {
        using var run = new ToolRun();
        string path = run.Write("data.csv", "id,x,few,letter,date,constant,name,gaps,empty,dirty,slashes\n" + s_rows);

        run.Well("inspect", path, "--json", option, value);

        var column = run.Json["columns"]!.AsArray().Single(column => (string)column!["name"]! == name)!;
        $"{column["takenFor"]}: {column["reason"]}".Should().Be(expected);
    }

    [TestMethod]
    public void Table_WithoutHeader_IsSeenAndNumbered()
    {
        using var run = new ToolRun();

        run.Well("inspect", run.Write("data.csv", "1.5,a\n2.5,b\n"), "--json");

        run.Json["hasHeader"]!.GetValue<bool>().Should().BeFalse();
        run.Json["rows"]!.GetValue<int>().Should().Be(2);
        run.Json["columns"]![1]!["name"]!.GetValue<string>().Should().Be("column2");
    }

    [TestMethod]
    [DataRow("", "is empty: expected a header line and rows")]
    [DataRow("\n\n", "is empty")]
    [DataRow("a,b\n", "has a header and no rows")]
    [DataRow("a,b\n1,2\n1,2,3\n", "line 3: expected 2 cells as in the first line, got 3. Cells that hold the separator must stand in quotes")]
    [DataRow("a,b\n1\n", "line 2: expected 2 cells")]
    [DataRow("a,b,a\nx,y,z\n", "columns 1 and 3 are both named 'a'. Rename one")]
    [DataRow("a;b\n1,5;x\n2,5;y\n", "'a': expected numbers with a decimal point, got commas in them, as in '1,5' (line 2)")]
    [DataRow("a,b\n1,\"x\n", "line 2: a quote (\") is opened and never closed")]
    [DataRow("PK\u0003\u0004,b", "expected a table as text in UTF-8")]
    public void Table_ThatIsNone_IsRefusedInOneLine(string text, string expected)
    {
        using var run = new ToolRun();

        int code = run.Run("inspect", run.Write("data.csv", text));

        code.Should().Be(1);
        run.Error.Should().StartWith("error: ").And.Contain(expected).And.NotContain("   at ");
        run.Error.Trim().Should().NotContain("\n");
        run.Out.Should().BeEmpty();
    }

    [TestMethod]
    public void Table_InAnotherEncoding_IsRefused()
    {
        using var run = new ToolRun();
        File.WriteAllBytes(run["latin.csv"], [.. "a,b\n1,"u8, 0xFC, .. "\n"u8]);

        run.Run("inspect", run["latin.csv"]).Should().Be(1);

        run.Error.Should().Contain("Save").And.Contain("UTF-8");
    }
}
