using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.TestSupport;

/// <summary>
/// What every estimator of a row-to-row transformer owes to ML.NET. Each public method is one check; <see cref="CheckAll"/> runs
/// them all.
/// </summary>
/// <param name="create">Makes the estimator.</param>
/// <param name="load">Loads data that the estimator accepts, with at least one column that it does not use.</param>
/// <param name="inputColumnNames">The columns that the transformer computes from.</param>
public sealed class EstimatorConformance<TTransformer>(
    Func<MLContext, IEstimator<TTransformer>> create, Func<MLContext, IDataView> load, params string[] inputColumnNames)
    where TTransformer : class, ITransformer
{
    private readonly MLContext _ml = new(seed: 1);

    public void CheckAll()
    {
        SchemaIsWhatTheShapePromises();
        FittingTwiceGivesTheSame();
        NoCursorIsOpenedUntilRowsAreRead();
        CursorsAskForNeededColumnsOnly();
        CursorSetsAndShuffledCursorsGiveTheSameRows();
        RowMapperGivesTheSameRows();
        SavedModelsGiveTheSameRows();
        OtherInputIsRefused();
        ThreadsDoNotDisturbOneAnother();
    }

    public void SchemaIsWhatTheShapePromises()
    {
        var data = load(_ml);
        var estimator = create(_ml);
        var transformer = estimator.Fit(data);

        var promised = estimator.GetOutputSchema(Shapes.Of(data));
        var output = transformer.Transform(data).Schema;

        Shapes.TextsOf(promised).Should().Equal(Shapes.TextsOf(Shapes.Of(transformer.Transform(data))));
        SchemaTexts.Of(transformer.GetOutputSchema(data.Schema)).Should().Equal(SchemaTexts.Of(output));
        SchemaTexts.Of(transformer.GetRowToRowMapper(data.Schema).OutputSchema).Should().Equal(SchemaTexts.Of(output));
    }

    public void FittingTwiceGivesTheSame()
    {
        var data = load(_ml);
        var estimator = create(_ml);

        string[] first = RowTexts.Of(estimator.Fit(data).Transform(data));
        string[] second = RowTexts.Of(estimator.Fit(data).Transform(data));

        second.Should().Equal(first);
    }

    public void NoCursorIsOpenedUntilRowsAreRead()
    {
        var counted = new CountingView(load(_ml));
        var estimator = create(_ml);
        var transformer = estimator.Fit(load(_ml));

        estimator.GetOutputSchema(Shapes.Of(counted));
        var view = transformer.Transform(counted);
        _ = view.Schema;
        _ = view.CanShuffle;
        _ = view.GetRowCount();
        transformer.GetOutputSchema(counted.Schema);
        transformer.GetRowToRowMapper(counted.Schema);
        counted.Requests.Should().BeEmpty("nothing was read yet");

        _ = RowTexts.Of(view);
        counted.Requests.Should().ContainSingle("one cursor over the result is one over the input");
    }

    public void CursorsAskForNeededColumnsOnly()
    {
        var counted = new CountingView(load(_ml));
        var view = create(_ml).Fit(load(_ml)).Transform(counted);
        var needed = new HashSet<string>();

        foreach (var column in view.Schema)
        {
            bool isAdded = column.Index >= counted.Schema.Count;
            int before = counted.Requests.Count;
            using (var cursor = view.GetRowCursor([column]))
                cursor.IsColumnActive(column).Should().BeTrue();

            string[] asked = counted.Requests.Skip(before).Single();
            if (isAdded)
                asked.Should().BeSubsetOf(inputColumnNames, "column '{0}' is computed from them", column.Name);
            else
                asked.Should().Equal([column.Name], "column '{0}' is passed through", column.Name);
            needed.UnionWith(isAdded ? asked : []);
        }
        needed.Should().BeEquivalentTo(inputColumnNames);
        AnInactiveColumnHasNoGetter(view, counted.Schema.Count);
    }

    public void CursorSetsAndShuffledCursorsGiveTheSameRows()
    {
        var data = load(_ml);
        var view = create(_ml).Fit(data).Transform(data);
        var columns = RowTexts.ColumnsOf(view.Schema);
        string[] expected = RowTexts.Of(view);

        var set = view.GetRowCursorSet(columns, 4);
        string[] fromSet = [.. set.SelectMany(cursor => RowTexts.Of(cursor, columns))];
        Array.ForEach(set, cursor => cursor.Dispose());
        using var shuffled = view.GetRowCursor(columns, new Random(7));
        string[] fromShuffled = [.. RowTexts.Of(shuffled, columns)];

        fromSet.Order().Should().Equal(expected.Order());
        fromShuffled.Order().Should().Equal(expected.Order());
        IdsOf(view).Should().Equal(IdsOf(data));
    }

    public void RowMapperGivesTheSameRows()
    {
        var data = load(_ml);
        var transformer = create(_ml).Fit(data);
        var mapper = transformer.GetRowToRowMapper(data.Schema);
        var columns = RowTexts.ColumnsOf(mapper.OutputSchema);

        using var cursor = data.GetRowCursor(mapper.GetDependencies(columns));
        using var row = mapper.GetRow(cursor, columns);
        var texts = RowTexts.TextsOf(row, columns);
        var rows = new List<string>();
        while (cursor.MoveNext())
        {
            row.Position.Should().Be(cursor.Position);
            rows.Add(string.Join(" | ", texts.Select(text => text())));
        }

        transformer.IsRowToRowMapper.Should().BeTrue();
        rows.Should().Equal(RowTexts.Of(transformer.Transform(data)));
    }

    public void SavedModelsGiveTheSameRows()
    {
        var data = load(_ml);
        var transformer = create(_ml).Fit(data);
        var nested = new TransformerChain<ITransformer>(new TransformerChain<ITransformer>(transformer));

        foreach (var model in new ITransformer[] { transformer, nested })
        {
            string[] expected = RowTexts.Of(model.Transform(data));
            var loaded = SavedModels.ThroughFile(model, data.Schema);

            loaded.GetType().Should().BeAssignableTo<ITransformer>();
            RowTexts.Of(loaded.Transform(data)).Should().Equal(expected);
            SchemaTexts.Of(loaded.GetOutputSchema(data.Schema)).Should().Equal(SchemaTexts.Of(model.GetOutputSchema(data.Schema)));
            RowTexts.Of(SavedModels.ThroughStream(loaded, data.Schema).Transform(data)).Should().Equal(expected, "a loaded model saves itself again");
            RowTexts.Of(SavedModels.ThroughStream(model, null).Transform(data)).Should().Equal(expected, "the schema is optional");
        }
    }

    public void OtherInputIsRefused()
    {
        var data = load(_ml);
        var estimator = create(_ml);
        var transformer = estimator.Fit(data);
        var other = _ml.Data.LoadFromEnumerable([new Unrelated { Nothing = "x" }]);
        Action[] refused =
        [
            () => estimator.Fit(other),
            () => estimator.GetOutputSchema(Shapes.Of(other)),
            () => transformer.Transform(other),
            () => transformer.GetOutputSchema(other.Schema),
            () => transformer.GetRowToRowMapper(other.Schema),
        ];
        Action[] missing =
        [
            () => estimator.Fit(null!),
            () => estimator.GetOutputSchema(null!),
            () => transformer.Transform(null!),
            () => transformer.GetOutputSchema(null!),
            () => transformer.GetRowToRowMapper(null!),
            () => transformer.Save(null!),
        ];

        foreach (var action in refused)
            action.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Could not find * column '*' (*). The input has 'Nothing'.*");
        foreach (var action in missing)
            action.Should().Throw<ArgumentNullException>();
    }

    public void ThreadsDoNotDisturbOneAnother()
    {
        var data = load(_ml);
        var transformer = create(_ml).Fit(data);
        var shared = transformer.Transform(data);
        string[] expected = RowTexts.Of(shared);

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            RowTexts.Of(shared).Should().Equal(expected);
            RowTexts.Of(transformer.Transform(data)).Should().Equal(expected);
            transformer.GetRowToRowMapper(data.Schema);
            RowTexts.Of(SavedModels.ThroughStream(transformer, data.Schema).Transform(data)).Should().Equal(expected);
        });
    }

    private static void AnInactiveColumnHasNoGetter(IDataView view, int firstAdded)
    {
        using var cursor = view.GetRowCursor([]);
        var column = view.Schema[firstAdded];

        Action ask = () => RowTexts.TextsOf(cursor, [column]);

        cursor.IsColumnActive(column).Should().BeFalse();
        ask.Should().Throw<InvalidOperationException>().WithMessage($"Column '{column.Name}' is not active*");
    }

    private static List<DataViewRowId> IdsOf(IDataView data)
    {
        using var cursor = data.GetRowCursor([]);
        var getter = cursor.GetIdGetter();
        var ids = new List<DataViewRowId>();
        while (cursor.MoveNext())
        {
            DataViewRowId id = default;
            getter(ref id);
            ids.Add(id);
        }
        return ids;
    }

    private sealed class Unrelated
    {
        public string Nothing { get; set; } = "";
    }
}
