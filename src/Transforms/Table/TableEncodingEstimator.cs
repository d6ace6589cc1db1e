namespace MLExtensions.Transforms;

/// <summary>
/// Makes one vector of <c>Single</c> of columns of mixed types: numbers stay numbers, text and whole numbers of few values become categories,
/// times become their parts, and missing values are told apart.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// | characteristic | |
/// | --- | --- |
/// | Input | text, keys, `Boolean`, numbers of any type, `DateTime`, `DateTimeOffset`, `TimeSpan`, and vectors of known size of `Single` or `Double` |
/// | Output | a vector of `Single` of known size |
/// | Passes over the data | one, for all columns together |
/// | Required NuGet in addition to Microsoft.ML | MLExtensions.Transforms |
/// | Exportable to ONNX | Yes |
/// ]]></format>
/// <para>What a column is taken for follows from its type and, of text and whole numbers, from the training rows:
/// <see cref="TableEncodingOptions.Categories"/> and <see cref="TableEncodingOptions.Numbers"/> overrule it. Text is categories, but
/// numbers if every value is one (in the invariant culture). Keys (by the texts of their values, where they have any) and <c>Boolean</c>
/// are categories. Whole numbers are categories if they have few values, by the rule of
/// <see cref="TableEncodingOptions.WholeNumberCategories"/>. <c>Single</c>, <c>Double</c> and the slots of vectors are numbers. A time
/// becomes those of its parts that vary: month, weekday and hour as categories, the others and its total as numbers.</para>
/// <para>Categories stand in ascending order: text by its code units, whole numbers and times by their values. A value that no training row
/// has is merged with rare ones where <see cref="TableEncodingOptions.MinimumCount"/> or
/// <see cref="TableEncodingOptions.MaximumCategories"/> merged any; else it is none of the categories, NaN as an index and all zeros as
/// indicators. A missing value is a category of its own, if a training row has one. Text that is no number, where numbers are
/// expected, counts as missing when rows are encoded; fitting refuses it, and infinite numbers.</para>
/// <para>Annotations say what each slot is: <c>SlotNames</c> (<c>Age</c>, <c>Age is missing</c>, <c>Workclass</c>,
/// <c>Workclass=Private</c>, <c>Ordered.Month</c>), <see cref="CategoryCounts"/>, <see cref="SlotKinds"/> and
/// <see cref="CategoryValues"/>. The numbers are as they came, not scaled. What each column was taken for stands in
/// <see cref="TableEncodingTransformer.Columns"/> and is written to ML.NET's log, with warnings of what is suspicious. Numbers and
/// the counts of different texts are held in memory while fitting, 8 bytes for each number.</para>
/// </remarks>
public sealed class TableEncodingEstimator : IEstimator<TableEncodingTransformer>
{
    private const string Name = "EncodeTable";

    private readonly IHostEnvironment _environment;
    private readonly string _outputColumnName;
    private readonly ColumnChoice _choice;
    private readonly TableEncodingOptions _options;

    internal TableEncodingEstimator(IHostEnvironment environment, string outputColumnName, TableEncodingOptions options, IReadOnlyList<string> inputColumnNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(inputColumnNames);

        _environment = environment;
        _outputColumnName = outputColumnName;
        _options = options.Copy();
        _choice = new([.. inputColumnNames], _options);

        var failures = new OptionFailures(Name);
        _options.Check(failures);
        _choice.Check(failures);
        failures.ThrowIfAny();
    }

    /// <summary>Reads the data once and finds what each column is.</summary>
    /// <param name="input">The training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be encoded.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, a number is infinite, a text is no number, or values are too many for categories.</exception>
    public TableEncodingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);

        using var channel = _environment.Register(Name).Start("Fitting");
        var columns = TablePass.Fit(input, _choice.In(input.Schema), _options, message => channel.Warning(MessageSensitivity.Schema, "{0}: {1}", Name, message));
        channel.Info(MessageSensitivity.Schema, "{0}: {1} slots of {2} columns make '{3}':\n{4}", Name, columns.SlotCount, columns.Count, _outputColumnName, columns);
        return new(_outputColumnName, columns, _options);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);

        _choice.CheckIn(inputSchema);
        var output = inputSchema.ToDictionary(column => column.Name);
        output[_outputColumnName] = ShapeColumns.Vector(_outputColumnName, NumberDataViewType.Single, SlotDescriptions.Promised);
        return new SchemaShape(output.Values);
    }
}
