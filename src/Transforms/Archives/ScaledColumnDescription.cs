using System.Text.Json.Serialization;

namespace MLExtensions.Transforms.Archives;

/// <summary>The numbers that a column holds.</summary>
internal enum ScaledItem
{
    Single,
    Double,
}

/// <summary>What an archive says of a scaled column besides its numbers.</summary>
/// <param name="OutputColumnName">The name of the result.</param>
/// <param name="InputColumnName">The name of the input.</param>
/// <param name="Item">The type of the numbers.</param>
/// <param name="VectorSize">The size of a vector, or null for a scalar.</param>
/// <param name="Numbers">What the scaler needs to know of the numbers; null where they are one per slot.</param>
internal sealed record ScaledColumnDescription(string OutputColumnName, string InputColumnName, ScaledItem Item, int? VectorSize, NumbersDescription? Numbers = null)
{
    private const string NameHashes = "name_hashes";

    // Of no scaler a slot has more than this many numbers, the hash of its name included, beside two matrices; a size has as many.
    private const int MostPerSlot = 8;

    /// <summary>The names of the slots; null where they have none, as in archives of before they were kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SlotNamesDescription? SlotNames { get; init; }

    /// <summary>The bytes that the numbers of the column take at most.</summary>
    public long MostNumberBytes
    {
        get
        {
            long slots = VectorSize ?? 1, size = Math.Max(Numbers?.Size ?? 0, 0);
            return checked(sizeof(double) * (MostPerSlot * (slots + size + 1) + 2 * slots * size));
        }
    }

    public static ScaledColumnDescription Of(string outputColumnName, string inputColumnName, DataViewType type, NumbersDescription? numbers)
    {
        var vector = type as VectorDataViewType;
        var item = (vector?.ItemType ?? type) == NumberDataViewType.Single ? ScaledItem.Single : ScaledItem.Double;
        return new(outputColumnName, inputColumnName, item, vector?.Size, numbers);
    }

    /// <summary>Refuses descriptions that no scaler has written.</summary>
    /// <exception cref="FormatException">There is no column, or names or sizes are impossible.</exception>
    public static void CheckAll(IReadOnlyList<ScaledColumnDescription> columns)
    {
        if (columns.Count == 0)
            throw new FormatException("it lists no columns");
        var outputs = new HashSet<string>();
        foreach (var column in columns)
        {
            if (column is null || column.OutputColumnName.Length == 0 || column.InputColumnName.Length == 0)
                throw new FormatException("it lists a column without a name");
            if (!outputs.Add(column.OutputColumnName))
                throw new FormatException($"it lists output column '{column.OutputColumnName}' twice");
            if (column.VectorSize <= 0 || !Enum.IsDefined(column.Item))
                throw new FormatException($"it gives column '{column.OutputColumnName}' the size {column.VectorSize} and items of type {column.Item}");
        }
    }

    public DataViewType Type()
    {
        var item = Item == ScaledItem.Single ? NumberDataViewType.Single : NumberDataViewType.Double;
        return VectorSize is { } size ? new VectorDataViewType(item, size) : item;
    }

    /// <summary>A tensor named after the result.</summary>
    public Tensor ToTensor(NamedNumbers numbers) =>
        new(NameOf(numbers.Name), numbers.Shape.Length > 0 ? numbers.Shape : [numbers.Values.Count], [.. numbers.Values]);

    /// <summary>Takes the tensor that <see cref="ToTensor"/> made.</summary>
    /// <exception cref="FormatException">It is missing or of another shape.</exception>
    public double[] Take(TensorSet tensors, string what, params IReadOnlyList<int> shape) => tensors.TakeDoubles(NameOf(what), shape);

    /// <summary>What a tensor holds of the names of slots, if they are many.</summary>
    public IEnumerable<Tensor> ToTensors(SlotNames? names) => names?.ToTensors(NameOf(NameHashes)) ?? [];

    /// <summary>Takes the names of the slots.</summary>
    /// <exception cref="FormatException">They are not those of the slots.</exception>
    public SlotNames? TakeNames(TensorSet tensors) => MLExtensions.Pipeline.SlotNames.Read(SlotNames, tensors, NameOf(NameHashes), VectorSize ?? 1);

    private string NameOf(string what) => $"{OutputColumnName}.{what}";
}
