namespace MLExtensions.Reports;

/// <summary>
/// A training as one page of HTML, with charts: how it went, how good the model is, and what it was made of. The page needs nothing else, not
/// even a network; it can be mailed, archived, read on a phone and by a screen reader.
/// </summary>
public static class TrainingReport
{
    /// <summary>Writes a report to a file, beside it first: what stands there is replaced when the page is whole.</summary>
    /// <param name="path">The file, such as <c>report.html</c>.</param>
    /// <param name="model">The fitted or loaded model: a transformer of a deep MLP, or a chain with one.</param>
    /// <param name="data">
    /// Rows to measure the model by, as they come into the chain, with the label; best ones that were not trained on. Without them the page shows the
    /// training alone.
    /// </param>
    /// <param name="options">What is to be on the page.</param>
    /// <exception cref="InvalidOperationException">The model has no deep MLP, or several.</exception>
    /// <exception cref="ArgumentException">The data has no label, or an option is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, ITransformer model, IDataView? data = null, ReportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        string page = Create(model, data, options);
        FileReplacement.Write(path, writer => writer.Write(page));
    }

    /// <summary>Makes the page as text.</summary>
    /// <inheritdoc cref="Save"/>
    public static string Create(ITransformer model, IDataView? data = null, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new ReportOptions();
        options.Validate();

        var network = FittedNetwork.In(model);
        string label = options.LabelColumnName ?? network.Option("LabelColumnName") ?? "Label";
        var facts = new ReportFacts(network, options) { Model = model, LabelColumn = label };
        if (data is not null)
        {
            var scored = model.Transform(data);
            facts = facts with { Data = data, Scored = scored, Rows = ScoredRowsReader.Read(scored, network, label) };
        }
        return ReportPage.Of(facts);
    }
}
