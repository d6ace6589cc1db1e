using Microsoft.ML;
using MLExtensions.Trainers.Labels;
using MLExtensions.Trainers.Reading;

namespace MLExtensions.Trainers.Tests;

/// <summary>Rows arrive whole and in order, whatever the view tells of itself beforehand.</summary>
[TestClass]
public sealed class DataBlockReaderTests
{
    private readonly MLContext _ml = new(seed: 1);

    // 256 rows are a portion, and the first chunk of rows that were not expected holds 21,845 rows of three features.
    [TestMethod]
    [DataRow(1)]
    [DataRow(255)]
    [DataRow(256)]
    [DataRow(257)]
    [DataRow(21_845)]
    [DataRow(21_846)]
    [DataRow(70_000)]
    public void Read_WhateverRowCountTheViewClaims_GivesAllRowsInOrder(int count)
    {
        var rows = Examples.Rows(count);
        var view = Examples.Load(_ml, rows);

        foreach (long? claimed in new long?[] { count, null, 0, 1, count - 1, count + 1, 2 * count })
        {
            var data = Read(new OddView(view, claimed)).Data;

            data.Rows.Should().Be(count);
            data.Features.Array.AsSpan().SequenceEqual(rows.SelectMany(row => row.Features).ToArray()).Should().BeTrue();
            data.Targets.AsSpan().SequenceEqual(rows.SelectMany(row => row.Values).ToArray()).Should().BeTrue();
            data.Weights.AsSpan().SequenceEqual(rows.Select(row => row.Weight).ToArray()).Should().BeTrue();
        }
    }

    [TestMethod]
    [DataRow(true, true)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(false, false)]
    public void Read_WithAValidationView_PutsItsRowsBehind(bool countIsKnown, bool validationCountIsKnown)
    {
        var (rows, validationRows) = (Examples.Rows(700, seed: 2), Examples.Rows(300, seed: 3));

        var (data, trainingRows) = Read(
            new OddView(Examples.Load(_ml, rows), countIsKnown ? 700 : null), new OddView(Examples.Load(_ml, validationRows), validationCountIsKnown ? 300 : null));

        trainingRows.Should().Be(700);
        data.Features.Array.Should().Equal([.. rows.SelectMany(row => row.Features), .. validationRows.SelectMany(row => row.Features)]);
        data.Weights.Should().Equal([.. rows.Select(row => row.Weight), .. validationRows.Select(row => row.Weight)]);
    }

    [TestMethod]
    [DataRow(5, 300, "Row 5 (counted from 0) of feature column *")]
    [DataRow(300, 5, "Row 5 (counted from 0) of example weight column *")]
    [DataRow(299, 298, "Row 298 (counted from 0) of example weight column *")]
    [DataRow(299, 299, "Row 299 (counted from 0) of feature column *")]
    public void Read_SeveralRowsAreUnusable_NamesTheFirst(int badFeature, int badWeight, string message)
    {
        var rows = Examples.Rows(600);
        rows[badFeature].Features[1] = float.NaN;
        rows[badWeight].Weight = -1;

        Action read = () => Read(Examples.Load(_ml, rows));

        read.Should().Throw<InvalidOperationException>().WithMessage(message);
    }

    [TestMethod]
    public void Read_TheViewFails_GivesItsException()
    {
        Action read = () => Read(new OddView(Examples.Load(_ml, 600), null, failingRow: 300));

        read.Should().Throw<IOException>().WithMessage(OddView.Failure);
    }

    [TestMethod]
    public void Read_TheViewFailsBehindAnUnusableRow_NamesTheRow()
    {
        var rows = Examples.Rows(600);
        rows[290].Values[0] = float.NaN;

        Action read = () => Read(new OddView(Examples.Load(_ml, rows), null, failingRow: 300));

        read.Should().Throw<InvalidOperationException>().WithMessage("Row 290 (counted from 0) of label column 'Values' *");
    }

    [TestMethod]
    public void Read_MoreRowsClaimedThanAnArrayHolds_IsRefusedBeforeAnyIsRead()
    {
        var view = new OddView(Examples.Load(_ml), long.MaxValue);

        Action read = () => Read(view);

        read.Should().Throw<InvalidOperationException>().WithMessage("The data has more than 715,827,863 rows of 3 features, the most that one array of Single holds. " +
            "Where most features are zeros of one-hot columns, hash them into fewer (OneHotHashEncoding), or give the index of the category with CategoryCounts.");
        view.RowsMovedTo.Should().Be(0);
    }

    [TestMethod]
    public void Read_Canceled_StopsSoon()
    {
        int asked = 0;
        var view = new OddView(Examples.Load(_ml, 10_000), null);

        var data = Read(view, isCanceled: () => ++asked > 20).Data;

        data.Rows.Should().BeInRange(1, 500);
        view.RowsMovedTo.Should().Be(data.Rows);
    }

    private static RowsOfViews Read(IDataView view, IDataView? validation = null, Func<bool>? isCanceled = null) =>
        DataBlockReader.Read(view, ColumnsOf(view), validation, validation is null ? null : ColumnsOf(validation), isCanceled ?? (() => false));

    private static TrainingColumns ColumnsOf(IDataView view)
    {
        var label = view.Schema["Values"];
        return new TrainingColumns(view.Schema["Features"], 3, new LabelColumn(label, 2, "finite numbers", row => LabelReaders.Vector(row, label)), view.Schema["Weight"]);
    }
}
