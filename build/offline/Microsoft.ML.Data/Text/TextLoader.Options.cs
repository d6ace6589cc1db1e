namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    public class Options
    {
        public bool AllowQuoting;
        public bool AllowSparse;
        public char[] Separators = ['\t'];
        public Column[] Columns;
        public bool TrimWhitespace;
        public bool HasHeader;

        /// <summary>Ignored: the offline build reads a file on one thread.</summary>
        public bool UseThreads = true;

        /// <summary>Whether empty fields of real columns are NaN; otherwise they are 0.</summary>
        public bool MissingRealsAsNaNs;
    }
}
