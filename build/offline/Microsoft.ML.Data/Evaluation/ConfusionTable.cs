using System.Globalization;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>A confusion matrix as text. Classes are shown by number where their names do not fit above the columns.</summary>
internal sealed class ConfusionTable
{
    private const string PredictedTitle = "PREDICTED";
    private const string TruthTitle = "TRUTH";
    private const string PrecisionTitle = "Precision";

    private readonly ConfusionMatrix _matrix;
    private readonly bool _isBinary;
    private readonly string _positiveName;
    private readonly int _columnWidth;
    private readonly int _labelWidth;
    private readonly string[] _columnLabels;
    private readonly string[] _rowLabels;

    public ConfusionTable(ConfusionMatrix matrix, string[] names, bool isBinary)
    {
        _matrix = matrix;
        _isBinary = isBinary;
        _positiveName = names[0];
        _columnWidth = names.Length == 2 ? 8 : 5;
        int longest = names.Max(n => n.Length);
        if (longest <= _columnWidth)
        {
            _columnLabels = names;
            _rowLabels = names;
        }
        else
        {
            int digits = (names.Length - 1).ToString().Length;
            _columnLabels = names.Select((_, i) => i.ToString()).ToArray();
            _rowLabels = names.Select((n, i) => $"{i.ToString().PadLeft(digits)}. {n.PadLeft(longest)}").ToArray();
        }
        _labelWidth = Math.Max(PredictedTitle.Length, _rowLabels.Max(l => l.Length));
    }

    public override string ToString()
    {
        int classes = _matrix.NumberOfClasses;
        string rule = new('=', (_columnWidth + 3) * classes);
        var text = new StringBuilder();
        text.AppendLine(_isBinary ? PositiveRatio() : "");
        text.AppendLine("Confusion table");
        text.AppendLine($"{new string(' ', _labelWidth)} ||{rule}");
        text.AppendLine($"{PredictedTitle.PadRight(_labelWidth)} ||{Cells(_columnLabels)} Recall");
        text.AppendLine($"{TruthTitle.PadRight(_labelWidth)} ||{rule}");
        for (int i = 0; i < classes; i++)
        {
            IEnumerable<string> counts = _matrix.Counts[i].Select(c => c.ToString("N0", CultureInfo.InvariantCulture));
            text.AppendLine($"{_rowLabels[i].PadLeft(_labelWidth)} ||{Cells(counts)} {Format(_matrix.PerClassRecall[i])}");
        }
        text.AppendLine($"{new string(' ', _labelWidth)} ||{rule}");
        text.Append(PrecisionTitle.PadRight(_labelWidth)).Append(" ||");
        foreach (double precision in _matrix.PerClassPrecision)
            text.Append(Format(precision).PadLeft(_columnWidth + 1)).Append(" |");
        return text.AppendLine().ToString();
    }

    private string PositiveRatio()
    {
        double positive = _matrix.Counts[0].Sum();
        double negative = _matrix.Counts[1].Sum();
        double ratio = positive + negative == 0 ? 0 : positive / (positive + negative);
        return FormattableString.Invariant(
            $"TEST {_positiveName.ToUpperInvariant()} RATIO:\t{ratio:F4} ({positive:F1}/({positive:F1}+{negative:F1}))");
    }

    private string Cells(IEnumerable<string> texts)
        => string.Concat(texts.Select(t => $" {t.PadLeft(_columnWidth)} |"));

    private static string Format(double ratio) => ratio.ToString("F4", CultureInfo.InvariantCulture);
}
