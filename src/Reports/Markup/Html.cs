using System.Net;
using System.Text;

namespace MLExtensions.Reports.Markup;

/// <summary>Writes HTML: what is text is encoded, and what is opened is closed.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();
    private int _ids;

    /// <summary>Text as content or as the value of an attribute.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>An element with text in it.</summary>
    /// <param name="tag">Its name, with attributes that are encoded.</param>
    /// <param name="text">The text.</param>
    public Html Text(string tag, string text) => Raw($"<{tag}>{Encode(text)}</{tag.Split(' ')[0]}>\n");

    /// <summary>An element with others in it.</summary>
    /// <param name="tag">Its name, with attributes that are encoded.</param>
    /// <param name="content">Writes what is in it.</param>
    public Html Element(string tag, Action content)
    {
        Raw($"<{tag}>\n");
        content();
        return Raw($"</{tag.Split(' ')[0]}>\n");
    }

    /// <summary>A table whose first column names its rows. It can be moved sideways where it is wider than the page.</summary>
    /// <param name="caption">What it is.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">The cells.</param>
    public Html Table(string caption, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows) =>
        Element($"div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: {Encode(caption)}\"", () => Element("table", () =>
        {
            Text("caption", caption);
            Raw($"<thead><tr>{string.Concat(header.Select(name => $"<th scope=\"col\">{Encode(name)}</th>"))}</tr></thead>\n<tbody>\n");
            foreach (var row in rows)
                Raw($"<tr><th scope=\"row\">{Encode(row[0])}</th>{string.Concat(row.Skip(1).Select(cell => $"<td>{Encode(cell)}</td>"))}</tr>\n");
            Raw("</tbody>\n");
        }));

    /// <summary>A name that no other element of the page has.</summary>
    public string NewId(string kind) => Invariant($"{kind}-{++_ids}");

    /// <summary>What is HTML already.</summary>
    public Html Raw(string html)
    {
        _text.Append(html);
        return this;
    }

    public override string ToString() => _text.ToString();
}
