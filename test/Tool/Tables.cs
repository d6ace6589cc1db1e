using System.Globalization;
using System.Text;

namespace MLExtensions.Tool.Tests;

/// <summary>Made-up tables.</summary>
internal static class Tables
{
    /// <summary>Rows of <c>size,colour,when,note,price,good</c>: the price follows size and colour, good the price.</summary>
    public static string Houses(int rows = 200, char separator = ',', string end = "\n", bool header = true, int seed = 1)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        if (header)
            text.Append(string.Join(separator, "size", "colour", "when", "note", "price", "good")).Append(end);
        for (int row = 0; row < rows; row++)
        {
            double size = Math.Round(20 + 100 * random.NextDouble(), 2);
            string colour = random.Next(2) == 0 ? "rot" : "grün";
            double price = Math.Round(3 * size + (colour == "rot" ? 50 : 0) + random.NextDouble(), 2);
            string[] cells =
            [
                size.ToString(CultureInfo.InvariantCulture), colour, new DateTime(2024, 1, 1).AddDays(random.Next(300)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                $"\"says \"\"{row}\"\"{separator}{end}and more\"", price.ToString(CultureInfo.InvariantCulture), price > 250 ? "yes" : "no",
            ];
            text.Append(string.Join(separator, cells)).Append(end);
        }
        return text.ToString();
    }
}
