namespace MLExtensions.Benchmarks.Speed;

/// <summary>Measurements that belong side by side.</summary>
/// <param name="Section">The section of the run, a word such as <c>training</c>.</param>
/// <param name="Title">The heading.</param>
/// <param name="Counted">One sentence or two: what is inside the measured time, and what is not.</param>
/// <param name="Rows">The measurements.</param>
internal sealed record ReportTable(string Section, string Title, string Counted, IReadOnlyList<Measurement> Rows);
