namespace MLExtensions.Transforms.Scaling;

/// <summary>Writes scalers of one kind into model archives and reads them from there.</summary>
/// <param name="loaderName">The name of the loader, at most 24 ASCII characters; it never changes.</param>
/// <param name="write">Gives the numbers of a column.</param>
/// <param name="describe">Gives what is said of them, where they are more than one per slot each.</param>
internal sealed class ScalingArchive<TOptions, TParameters>(string loaderName, Func<TParameters, IEnumerable<NamedNumbers>> write, Func<TParameters, NumbersDescription?>? describe = null)
    where TOptions : class, IScalingOptions
{
    private readonly ComponentFormat _format = new(loaderName, 1, typeof(ScalingTransformer).Assembly);

    public void Save(ComponentWriter writer, IReadOnlyList<ScaledColumn<TParameters>> columns, TOptions options)
    {
        var descriptions = columns.Select(column => ScaledColumnDescription.Of(column.OutputColumnName, column.InputColumnName, column.Type, describe?.Invoke(column.Parameters)) with
        {
            SlotNames = column.Names?.Describe(),
        }).ToArray();
        var tensors = descriptions.Zip(columns, (description, column) => write(column.Parameters).Select(description.ToTensor).Concat(description.ToTensors(column.Names)));
        writer.Write(_format, new Description(options, descriptions), [.. tensors.SelectMany(t => t)]);
    }

    /// <summary>Loads a scaler.</summary>
    /// <param name="environment">The first argument of the loader.</param>
    /// <param name="context">The second argument of the loader.</param>
    /// <param name="read">Takes the numbers that were written; throws a <see cref="FormatException"/> where they are such as no fit gives.</param>
    /// <param name="create">Makes the scaler.</param>
    public TTransformer Load<TTransformer>(IHostEnvironment environment, object context,
        Func<NumbersReader, TParameters> read, Func<IReadOnlyList<ScaledColumn<TParameters>>, TOptions, TTransformer> create) =>
        new ComponentReader(environment, context, _format).Read<Description, TTransformer>(
            (description, tensors) => create([.. description.Columns.Select(column => new ScaledColumn<TParameters>(
                column.OutputColumnName, column.InputColumnName, column.Type(), read(new(column, tensors))) { Names = column.TakeNames(tensors) })], description.Options),
            description =>
            {
                var failures = new OptionFailures(loaderName);
                description.Options.Check(failures);
                failures.ThrowIfAny();
                ScaledColumnDescription.CheckAll(description.Columns);
                return description.Columns.Sum(column => column.MostNumberBytes);
            });

    private sealed record Description(TOptions Options, IReadOnlyList<ScaledColumnDescription> Columns);
}
