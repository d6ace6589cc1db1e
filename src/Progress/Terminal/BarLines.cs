using Spectre.Console;
using Spectre.Console.Rendering;

namespace MLExtensions.Progress.Terminal;

/// <summary>What goes on in two lines of a terminal: a bar with its place, and its values.</summary>
internal static class BarLines
{
    private const int WidestBar = 40;
    private const int NarrowestBar = 5;

    /// <summary>The lines.</summary>
    public static IEnumerable<IRenderable> Of(Bar bar, Profile profile)
    {
        string indent = new(' ', 2 * bar.Depth), name = $"{indent}{bar.Name}", place = bar.Place;
        yield return new Markup($"{Markup.Escape(name)}{Text(bar.Share, profile.Width - name.Length - Math.Max(bar.UsualPlace, place.Length) - 4, profile.Capabilities.Unicode)}  {Markup.Escape(place)}").Overflow(Overflow.Ellipsis);
        if (bar.Values.Length > 0)
            yield return new Text($"{indent}  {bar.Values}", new Style(decoration: Decoration.Dim)).Overflow(Overflow.Ellipsis);
    }

    // What is left of the line, up to a width beyond which a bar tells no more.
    private static string Text(double share, int room, bool hasUnicode)
    {
        int width = Math.Min(WidestBar, room);
        if (width < NarrowestBar)
            return "";

        int done = (int)Math.Round(share * width);
        (char full, char empty) = hasUnicode ? ('━', '━') : ('#', '-');
        return $"  [blue]{new string(full, done)}[/][grey35]{new string(empty, width - done)}[/]";
    }
}
