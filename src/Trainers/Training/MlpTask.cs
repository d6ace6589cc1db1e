namespace MLExtensions.Trainers.Training;

/// <summary>
/// What a task answers for: its label, its loss and outputs, what is measured, and the columns of its models. How its models stand in an
/// archive, the models tell themselves.
/// </summary>
/// <typeparam name="TModel">The model of the task.</typeparam>
internal abstract class MlpTask<TModel>
    where TModel : DeepMlpModelParameters
{
    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">They do not fit the task, or one another.</exception>
    protected MlpTask(DeepMlpOptions options, LossTasks kind)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(kind);

        Options = options;
        Kind = kind;
    }

    /// <summary>The options.</summary>
    public DeepMlpOptions Options { get; }

    /// <summary>The task, as losses know it.</summary>
    public LossTasks Kind { get; }

    /// <summary>Finds the label column of a shape and checks its type.</summary>
    public abstract SchemaShape.Column FindLabel(SchemaShape shape);

    /// <summary>Finds the label column of a schema and checks its type.</summary>
    public abstract LabelColumn FindLabel(DataViewSchema schema);

    /// <summary>The columns that the model will add.</summary>
    public abstract IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label);

    /// <summary>Finds what a label's values are once the training rows are read, and makes targets of them.</summary>
    public virtual ReadRows Learn(ReadRows rows) => rows;

    /// <summary>Lets the label mean what it means to a model that the training starts from.</summary>
    /// <param name="rows">The rows as they were read.</param>
    /// <param name="previous">The model.</param>
    /// <exception cref="InvalidOperationException">The label has a value that the model does not know, or is trained on in another way.</exception>
    public abstract ReadRows Continue(ReadRows rows, TModel previous);

    /// <summary>The class of each row, for stratified splits; null where there are no classes.</summary>
    public virtual RowClasses? ClassesOf(DataBlock data) => null;

    /// <summary>What of the outputs of several networks is averaged.</summary>
    public abstract EnsembleMean Mean { get; }

    /// <summary>Lets a model learn from rows that its network was not trained on.</summary>
    /// <param name="model">The model, which nobody else has seen.</param>
    /// <param name="heldOut">The outputs for these rows.</param>
    /// <param name="data">The rows that were read.</param>
    public virtual void Learn(TModel model, HeldOutRows heldOut, DataBlock data)
    {
    }

    /// <summary>Prepares targets and weights as the loss asks for them.</summary>
    public abstract TaskSetup<TModel> SetUp(DataBlock data, RowSplit split, LabelColumn label);
}

/// <summary>What a task makes of the rows that were read.</summary>
/// <param name="Data">The rows, with targets and weights as the loss asks for them.</param>
/// <param name="Outputs">The number of outputs of the network.</param>
/// <param name="Evaluator">What is measured on the validation rows.</param>
/// <param name="CreateModel">Wraps a trained network; the last argument is the temperature of its probabilities, 1 where they are not calibrated.</param>
internal sealed record TaskSetup<TModel>(DataBlock Data, int Outputs, ValidationEvaluator Evaluator,
    Func<NetworkDescription, NetworkWeights, float, TModel> CreateModel);
