namespace MLExtensions.Transforms.Scaling;

/// <summary>Scaled columns bound to an input schema.</summary>
internal sealed class ScalingMapping : RowMapping
{
    private readonly IReadOnlyList<ScaledColumn<ColumnMap>> _scaled;
    private readonly DataViewSchema.Column[] _inputs;

    /// <param name="inputSchema">The schema to bind to.</param>
    /// <param name="scaled">The columns to add.</param>
    /// <param name="isNormalized">Whether the results are scaled features, or values in their original units.</param>
    public ScalingMapping(DataViewSchema inputSchema, IReadOnlyList<ScaledColumn<ColumnMap>> scaled, bool isNormalized)
    {
        _scaled = scaled;
        _inputs = [.. scaled.Select(column => Find(inputSchema, column))];
        Columns = [.. scaled.Zip(_inputs, (column, input) =>
            new DataViewSchema.DetachedColumn(column.OutputColumnName, ScalableTypes.Resized(input.Type, column.Parameters.OutputSlots),
                AnnotationsOf(input, column.Parameters, isNormalized)))];
    }

    public override IReadOnlyList<DataViewSchema.DetachedColumn> Columns { get; }

    public override IEnumerable<DataViewSchema.Column> DependenciesOf(int column) => [_inputs[column]];

    public override Delegate?[] CreateGetters(DataViewRow input, IReadOnlyList<bool> active)
    {
        var getters = new Delegate?[_inputs.Length];
        for (int i = 0; i < getters.Length; i++)
        {
            if (active[i])
                getters[i] = ScalingGetters.Create(input, _inputs[i], _scaled[i].Parameters);
        }
        return getters;
    }

    public override bool HasOnnx => true;

    public override void WriteOnnx(OnnxColumns columns)
    {
        foreach (var (index, scaled) in _scaled.Index())
        {
            string value = columns.Graph.Cast(columns.ValueOf(_inputs[index]), OnnxType.Double);
            string result = scaled.Parameters.WriteOnnx(columns.Graph, value);
            columns.Set(index, (_inputs[index].Type is VectorDataViewType vector ? vector.ItemType : _inputs[index].Type).RawType == typeof(double) ? result : columns.Graph.Cast(result, OnnxType.Single));
        }
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, ScaledColumn<ColumnMap> scaled)
    {
        var column = ScalableTypes.RequireNumbers(SchemaChecks.Require(schema, "input", scaled.InputColumnName,
            scaled.Type.ToString()!, type => ScalableTypes.AreAlike(scaled.Type, type)));
        scaled.Names?.Require(column, "input", "the scaler");
        return column;
    }

    private static DataViewSchema.Annotations AnnotationsOf(DataViewSchema.Column input, ColumnMap map, bool isNormalized)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (input.HasSlotNames() && map.KeepsSlots)
            annotations.Add(input.Annotations, name => name == AnnotationNames.SlotNames);
        if (isNormalized && !map.KeepsSlots)
            AddComponentNames(annotations, map.OutputSlots);
        if (isNormalized)
            annotations.AddPrimitiveValue(AnnotationNames.IsNormalized, BooleanDataViewType.Instance, true);
        return annotations.ToAnnotations();
    }

    private static void AddComponentNames(DataViewSchema.Annotations.Builder annotations, int count)
    {
        ReadOnlyMemory<char>[] names = [.. Enumerable.Range(1, count).Select(number => FormattableString.Invariant($"PC{number}").AsMemory())];
        annotations.Add(AnnotationNames.SlotNames, new VectorDataViewType(TextDataViewType.Instance, count),
            (ref VBuffer<ReadOnlyMemory<char>> value) => new VBuffer<ReadOnlyMemory<char>>(count, names).CopyTo(ref value));
    }
}
