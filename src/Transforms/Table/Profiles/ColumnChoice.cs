namespace MLExtensions.Transforms.Table.Profiles;

/// <summary>A column to encode, and what it is asked to be taken for.</summary>
internal readonly record struct ChosenColumn(DataViewSchema.Column Column, ColumnWish Wish);

/// <summary>Which columns are encoded: those that are named, or all but those that are excepted.</summary>
/// <param name="names">The names, none for all.</param>
/// <param name="options">What is excepted, and what columns are to be taken for.</param>
internal sealed class ColumnChoice(string[] names, TableEncodingOptions options)
{
    // A label that is not left out gives itself away, so that the most usual name of one is needed where nothing is said.
    private const string DefaultLabel = "Label";

    private const string AnyType = "any type";

    public void Check(OptionFailures failures)
    {
        failures.Require(!names.Any(string.IsNullOrEmpty), "the name of an input column is empty");
        foreach (var same in names.Where(name => name is not null).GroupBy(name => name).Where(group => group.Count() > 1))
            failures.Require(false, $"input column '{same.Key}' is named {same.Count()} times");
        failures.Require(names.Length == 0 || options.Except is null, "Except is for when no columns are named");
    }

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be encoded.</exception>
    public ChosenColumn[] In(DataViewSchema schema)
    {
        string[] present = [.. schema.Where(column => !column.IsHidden).Select(column => column.Name)];
        foreach (string name in options.Except ?? [])
            SchemaChecks.Require(schema, "excepted", name, AnyType, _ => true);
        return [.. NamesIn(present).Select(name => (Name: name, Wish: WishOf(name))).Select(chosen => new ChosenColumn(
            TableTypes.RequireNumbers(SchemaChecks.Require(schema, RoleOf(chosen.Wish), chosen.Name, TableTypes.Expected(chosen.Wish),
                type => TableTypes.Accepts(type, chosen.Wish), TableTypes.Advise)), chosen.Wish))];
    }

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be encoded.</exception>
    public void CheckIn(SchemaShape shape)
    {
        foreach (string name in options.Except ?? [])
            SchemaChecks.Require(shape, "excepted", name, AnyType, _ => true);
        foreach (string name in NamesIn([.. shape.Select(column => column.Name)]))
        {
            var wish = WishOf(name);
            SchemaChecks.Require(shape, RoleOf(wish), name, TableTypes.Expected(wish), column => TableTypes.Accepts(column, wish), TableTypes.Advise);
        }
    }

    private IReadOnlyList<string> NamesIn(string[] present)
    {
        var chosen = names.Length > 0 ? names : AllBut(options.Except ?? [DefaultLabel], present);
        RequireChosen(nameof(options.Categories), options.Categories, chosen);
        RequireChosen(nameof(options.Numbers), options.Numbers, chosen);
        return chosen;
    }

    private string[] AllBut(IReadOnlyList<string> excepted, string[] present)
    {
        if (options.Except is null && !present.Contains(DefaultLabel))
        {
            throw new ArgumentOutOfRangeException(nameof(options.Except), "EncodeTable was told no columns, and the input has no column 'Label' to leave out: " +
                $"name the columns to encode, or say in Except which of them are no features, such as the label. The input has {Quoted(present)}.");
        }
        string[] chosen = [.. present.Except(excepted)];
        return chosen.Length > 0 ? chosen
            : throw new ArgumentOutOfRangeException(nameof(options.Except), $"Except leaves no columns to encode. The input has {Quoted(present)}.");
    }

    private static void RequireChosen(string option, IReadOnlyList<string> named, IReadOnlyList<string> chosen)
    {
        foreach (string name in named.Except(chosen))
            throw new ArgumentOutOfRangeException(option, $"{option} names column '{name}', which is not encoded; encoded are {Quoted(chosen)}.");
    }

    private ColumnWish WishOf(string name) =>
        options.Categories.Contains(name) ? ColumnWish.Category : options.Numbers.Contains(name) ? ColumnWish.Number : ColumnWish.None;

    private static string RoleOf(ColumnWish wish) => wish switch
    {
        ColumnWish.Category => "category",
        ColumnWish.Number => "number",
        _ => "input",
    };

    private static string Quoted(IReadOnlyList<string> columns)
    {
        const int Told = 20;
        string more = columns.Count > Told ? Invariant($" and {columns.Count - Told} more") : "";
        return columns.Count == 0 ? "no columns" : string.Join(", ", columns.Take(Told).Select(column => $"'{column}'")) + more;
    }
}
