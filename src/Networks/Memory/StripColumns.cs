namespace MLExtensions.Networks.Memory;

/// <summary>Consecutive columns of a matrix that lie in one strip.</summary>
/// <param name="First">The first column, counted from the first of the matrix.</param>
/// <param name="Count">The number of columns.</param>
/// <param name="Strip">The strip.</param>
/// <param name="Column">The first column, counted from the first of the strip.</param>
internal readonly record struct StripColumns(int First, int Count, int Strip, int Column)
{
    /// <summary>Divides columns at the borders of strips.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="width">The width of a strip.</param>
    public static Enumerator Divide(RowRange columns, int width) => new(columns, width);

    /// <summary>Steps from strip to strip without allocating.</summary>
    internal struct Enumerator(RowRange columns, int width)
    {
        private int _next = columns.First;

        public StripColumns Current { get; private set; }

        public readonly Enumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next >= columns.End)
                return false;

            int strip = _next / width;
            int end = Math.Min(columns.End, (strip + 1) * width);
            Current = new StripColumns(_next, end - _next, strip, _next - strip * width);
            _next = end;
            return true;
        }
    }
}
