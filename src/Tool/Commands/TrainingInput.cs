using System.CommandLine;

namespace MLExtensions.Tool.Commands;

/// <summary>The rows of a training, looked at and divided.</summary>
/// <param name="Profile">What was found in the table.</param>
/// <param name="Table">What its columns were taken for.</param>
/// <param name="Options">The options of the trainer.</param>
/// <param name="Train">The rows to train on.</param>
/// <param name="Test">The rows to measure by; null for none.</param>
internal sealed record TrainingInput(TableProfile Profile, TableDescription Table, DeepMlpOptions Options, TableView Train, TableView? Test)
{
    /// <summary>Looks at the table, shows what its columns are taken for, and divides it.</summary>
    /// <param name="options">The options.</param>
    /// <param name="settings">What the user chose about the training.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="console">Where it is shown.</param>
    public static TrainingInput Read(TrainingOptions options, TrainingSettings settings, ParseResult arguments, ToolConsole console)
    {
        OutputPath.Require(options.OutputIn(arguments), ".zip", "--output");
        if (options.ReportIn(arguments) is { } report)
            OutputPath.Require(report, ".html", "--report");
        var test = options.TestIn(arguments);
        var file = OpenTable(options.DataIn(arguments), options, arguments, console);
        int label = file.PlaceOf(options.LabelIn(arguments), "label");
        var missing = options.Columns.MissingIn(arguments);
        var profile = TableProfile.Of(file, missing, console.Token);
        var (table, reason) = TableInference.Of(profile, label, options.Columns.In(arguments, file), options.TaskIn(arguments), missing);
        TaskTrainings.RequireName(table);
        string? positive = Positive(settings, table, profile.Columns[label]);
        console.Note($"{file.Source.Name}: {Plural.Of(profile.Rows, "row", format: "N0")}, {Plural.Of(file.Names.Count, "column")}{(file.HasHeader ? "" : ", no header")}");
        console.Note(ColumnTable.Text(profile, table));
        console.Note($"task: {ColumnTable.TaskText(table.Task)} ({reason}){(positive is null ? "" : $", probability of '{positive}'")}");
        if (profile.Columns[label].Missing is > 0 and var unlabelled)
            console.Note($"{Plural.Of(unlabelled, "row", format: "N0")} without label {Plural.Are(unlabelled)} left out.");

        bool[]? isOut = test.Share is { } share ? HeldOutRows.Choose(file, table, share, settings.Seed, console.Token) : null;
        var train = TableViews.Of(table, file, withLabel: true, console.Token, isOut is null ? null : row => !isOut[row]);
        var testView = isOut is not null ? TableViews.Of(table, file, withLabel: true, console.Token, row => isOut[row])
            : test.Path is { } path ? TableViews.Of(table, OpenAlike(path, table, options, arguments, console), withLabel: true, console.Token)
            : null;
        var trainer = settings.OptionsFor(table, positive) with { Progress = console.Progress(), CancellationToken = console.Token };
        return new(profile, table with { Rows = profile.Rows - (isOut?.LongCount(isIn => isIn) ?? 0) }, trainer, train, testView);
    }

    /// <summary>Opens a table of the same columns.</summary>
    public static TableFile OpenAlike(string path, TableDescription table, TrainingOptions options, ParseResult arguments, ToolConsole console) =>
        TableFile.Open(options.Table.OpenSource(path, arguments, console), table.HasHeader, []);

    private static TableFile OpenTable(string path, TrainingOptions options, ParseResult arguments, ToolConsole console) =>
        TableFile.Open(options.Table.OpenSource(path, arguments, console), options.Table.HeaderIn(arguments), [options.LabelIn(arguments), .. options.Columns.KnownIn(arguments)]);

    private static string? Positive(TrainingSettings settings, TableDescription table, ColumnProfile label)
    {
        if (table.Task == TableTask.Binary)
            return PositiveLabel.Of([.. label.Examples], table.LabelIsNumber, settings.Positive);
        return settings.Positive is null ? null : throw new UsageException($"--positive is for a label of two values, and the task is {ColumnTable.TaskText(table.Task)}: leave it out.");
    }
}
