using System.Text.Json.Serialization;

namespace MLExtensions.Transforms.Table.Archives;

/// <summary>An encoder as an archive holds it.</summary>
internal sealed record EncodedTable(string OutputColumnName, TableColumns Columns, TableEncodingOptions Options);

/// <summary>Writes encoders of tables into model archives and reads them from there.</summary>
internal static class TableArchive
{
    private const string Medians = "medians";
    private const string Origins = "origins";
    private const int NumbersPerPart = 2;

    // Of a vector with more slots than this the names are hashes, 4 bytes each.
    private const int BytesPerName = sizeof(float);

    public static void Save(ComponentWriter writer, string loaderName, EncodedTable table)
    {
        var numbers = table.Columns.SelectMany(column => column.Parts).OfType<TableNumberPart>().ToArray();
        Tensor[] tensors = numbers.Length == 0 ? [] :
        [
            new(Medians, [numbers.Length], [.. numbers.Select(part => part.Median)]),
            new(Origins, [numbers.Length], [.. numbers.Select(part => part.Origin)]),
        ];
        var names = table.Columns.SelectMany(column => column.Names?.ToTensors(NamesOf(column.Name)) ?? []);
        var columns = table.Columns.Select(column => new ColumnDescription(column.Name, TypeDescription.Of(column.Type), column.Kind,
            [.. column.Parts.Select(PartDescription.Of)], column.HasKeyValues)
        { SlotNames = column.Names?.Describe() });
        writer.Write(FormatOf(loaderName), new Description(table.OutputColumnName, table.Options, [.. columns]), [.. tensors, .. names]);
    }

    public static EncodedTable Load(IHostEnvironment environment, object context, string loaderName) =>
        new ComponentReader(environment, context, FormatOf(loaderName)).Read<Description, EncodedTable>(
            (description, tensors) => new(description.OutputColumnName, Read(description, tensors), description.Options),
            description =>
            {
                Check(description, loaderName);
                return checked((long)NumbersPerPart * sizeof(double) * NumbersIn(description)
                    + BytesPerName * description.Columns.Sum(column => (long)(column.Type.VectorSize ?? 0)));
            });

    private static TableColumns Read(Description description, TensorSet tensors)
    {
        int count = NumbersIn(description), next = 0;
        double[] medians = count > 0 ? tensors.TakeDoubles(Medians, count) : [], origins = count > 0 ? tensors.TakeDoubles(Origins, count) : [];
        return new(description.Columns.Select(column =>
        {
            var type = column.Type.Type();
            return new TableColumn(column.Name, type, column.Kind, [.. column.Parts.Select(part => part.Part(() => (medians[next], origins[next++])))])
            {
                HasKeyValues = column.HasKeyValues,
                Names = SlotNames.Read(column.SlotNames, tensors, NamesOf(column.Name), ScalableTypes.SlotsOf(type)),
            };
        }), description.Options.CategoryEncoding);
    }

    private static void Check(Description description, string loaderName)
    {
        var failures = new OptionFailures(loaderName);
        description.Options.Check(failures);
        failures.ThrowIfAny();
        if (description.OutputColumnName.Length == 0 || description.Columns.Count == 0 || description.Columns.Contains(null!))
            throw new FormatException("it has no output column, or no input columns");

        var names = new HashSet<string>();
        foreach (var column in description.Columns)
        {
            if (column.Name.Length == 0 || !names.Add(column.Name))
                throw new FormatException($"it lists column '{column.Name}' without a name, or twice");
            column.Check();
        }
    }

    private static int NumbersIn(Description description) => description.Columns.Sum(column => column.Parts.Count(part => part.IsNumber));

    private static string NamesOf(string column) => $"{column}.name_hashes";

    private static ComponentFormat FormatOf(string loaderName) => new(loaderName, 1, typeof(TableArchive).Assembly);

    private sealed record Description(string OutputColumnName, TableEncodingOptions Options, IReadOnlyList<ColumnDescription> Columns);

    private sealed record ColumnDescription(string Name, TypeDescription Type, TableColumnKind Kind, IReadOnlyList<PartDescription> Parts, bool HasKeyValues = false)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public SlotNamesDescription? SlotNames { get; init; }

        public void Check()
        {
            var type = Type.Type();
            if (!Enum.IsDefined(Kind) || Parts.Count == 0 || Parts.Contains(null!))
                throw new FormatException(Invariant($"it takes column '{Name}' for {Kind}, of {Parts.Count} parts"));
            if (type is VectorDataViewType { Size: var size } && size != Parts.Count)
                throw new FormatException(Invariant($"it gives column '{Name}' {Parts.Count} parts, and the vector has {size} slots"));
            foreach (var part in Parts)
                part.Check(type);
            if (Parts.Select(part => part.Source).Distinct().Count() != Parts.Count)
                throw new FormatException($"it gives column '{Name}' two parts of one source");
        }
    }
}
