using System.CommandLine;

namespace MLExtensions.Tool.Commands;

/// <summary>Options that training and searching share.</summary>
internal sealed class TrainingOptions
{
    private readonly Argument<string> _data = new("data") { Description = "The table, a CSV file: a header, and a row in each line." };

    private readonly Option<string> _label = new("--label", "-l") { Description = "The column to predict: its name, or its number counted from 1.", Required = true, HelpName = "COLUMN" };

    private readonly Option<string> _output = new("--output", "-o") { Description = "The file of the model; one that is there is replaced when the new one is whole.", HelpName = "FILE", DefaultValueFactory = _ => "model.zip" };

    private readonly Option<TableTask?> _task = Enumerated<TableTask>("--task", "What the label is: binary (two values), multiclass (several) or regression (numbers). By itself: two values are binary, texts and few whole numbers multiclass, numbers regression.");

    private readonly Option<string?> _positive = new("--positive") { Description = "Of a binary label the value to tell the probability of. By itself the larger number, true or yes, or else the rarer one.", HelpName = "VALUE" };

    private readonly Option<Preset?> _preset = Enumerated<Preset>("--preset", "Where options start from: defaults (seconds to minutes), quick (faster, a little worse), realmlp, tabm (slow, often better), best (eight of tabm and realmlp in turns: use --minutes).");

    private readonly Option<int> _seed = new("--seed") { Description = "The seed of all that is random: the same seed and data give the same model.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };

    private readonly Option<string> _test = new("--test") { Description = "Rows that are kept from training and measured on at the end: a share, or a CSV file. 0 trains on all rows.", HelpName = "SHARE|FILE", DefaultValueFactory = _ => "0.2" };

    private readonly Option<string?> _report = new("--report") { Description = "A page of HTML with curves, measures and errors to write beside.", HelpName = "FILE" };

    /// <summary>How the file is written.</summary>
    public TableOptions Table { get; } = new();

    /// <summary>What columns are.</summary>
    public ColumnOptions Columns { get; } = new();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_data);
        foreach (var option in new Option[] { _label, _output, _task, _positive, _preset, _seed, _test, _report })
            command.Add(option);
        Columns.AddTo(command);
        Table.AddTo(command);
    }

    public string DataIn(ParseResult arguments) => arguments.GetRequiredValue(_data);

    public string LabelIn(ParseResult arguments) => arguments.GetRequiredValue(_label);

    public string OutputIn(ParseResult arguments) => arguments.GetRequiredValue(_output);

    public TableTask? TaskIn(ParseResult arguments) => arguments.GetValue(_task);

    public string? ReportIn(ParseResult arguments) => arguments.GetValue(_report);

    public RowsChoice TestIn(ParseResult arguments) => RowsChoice.Parse("--test", arguments.GetValue(_test));

    /// <summary>What the user chose about the training.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="minutes">How long it may last; null for as long as it takes.</param>
    public TrainingSettings SettingsIn(ParseResult arguments, double? minutes = null) => new()
    {
        Preset = arguments.GetValue(_preset) ?? Preset.Defaults,
        Seed = arguments.GetValue(_seed),
        Positive = arguments.GetValue(_positive),
        Time = minutes is { } given ? TimeOf(given) : null,
    };

    /// <summary>A time in minutes.</summary>
    /// <exception cref="UsageException">It is not above 0.</exception>
    public static TimeSpan TimeOf(double minutes) => minutes > 0 && minutes <= 1_000_000
        ? TimeSpan.FromMinutes(minutes)
        : throw new UsageException(Invariant($"--minutes: expected a number above 0, got {minutes}."));

    private static Option<T?> Enumerated<T>(string name, string description)
        where T : struct, Enum
    {
        string[] values = [.. Enum.GetNames<T>().Select(value => value.ToLowerInvariant())];
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', values),
            CustomParser = result => Enum.TryParse<T>(result.Tokens[0].Value, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(result.Tokens[0].Value[0]) ? value : Fail(result),
        };
        return option;

        T? Fail(System.CommandLine.Parsing.ArgumentResult result)
        {
            string nearest = NearestName.Of(result.Tokens[0].Value, values) is { } near ? $" Did you mean '{near}'?" : "";
            result.AddError($"{name}: expected one of {string.Join(", ", values)}, got '{result.Tokens[0].Value}'.{nearest}");
            return null;
        }
    }
}
