namespace MLExtensions.Tool.Models;

/// <summary>A fitted model with what it must know of its table.</summary>
/// <param name="Transformer">The fitted chain.</param>
/// <param name="Table">The description of its table.</param>
internal sealed record ToolModel(ITransformer Transformer, TableDescription Table)
{
    /// <summary>The columns that the model was trained on, with the label.</summary>
    public DataViewSchema Schema
    {
        get
        {
            var schema = new DataViewSchema.Builder();
            foreach (var column in Table.Features)
                schema.AddColumn(column.Name, new ViewColumn(column.Name, 0, column.Kind).Type);
            schema.AddColumn(Table.Label, Table.Task == TableTask.Regression ? NumberDataViewType.Single : TextDataViewType.Instance);
            return schema.ToSchema();
        }
    }

    /// <summary>The classes in the order of scores; empty for numbers.</summary>
    public IReadOnlyList<string> Classes => Network switch
    {
        DeepMlpTransformer<DeepMlpBinaryModelParameters> binary => binary.Model.ClassNames ?? [],
        DeepMlpTransformer<DeepMlpMulticlassModelParameters> multiclass => multiclass.Model.ClassNames ?? [],
        _ => [],
    };

    /// <summary>The value of which a binary model tells the probability; null for other tasks.</summary>
    public string? PositiveLabel => (Network as DeepMlpTransformer<DeepMlpBinaryModelParameters>)?.Model.PositiveLabel;

    private ITransformer? Network => Parts(Transformer).FirstOrDefault(part => part is DeepMlpTransformer<DeepMlpBinaryModelParameters> or DeepMlpTransformer<DeepMlpMulticlassModelParameters>);

    /// <summary>The transformers of a model, in order; chains may hold chains.</summary>
    public static IEnumerable<ITransformer> Parts(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.SelectMany(Parts) : [model];
}
