namespace MLExtensions.Benchmarks.Speed;

/// <summary>Where results go.</summary>
internal interface IReport
{
    /// <summary>Tells what machine and software the results come from; called first.</summary>
    void Begin(Machine machine, string command);

    /// <summary>Tells something about the run in one line.</summary>
    void Note(string text);

    /// <summary>Adds the results that a section has finished.</summary>
    void Add(ReportTable table);
}
