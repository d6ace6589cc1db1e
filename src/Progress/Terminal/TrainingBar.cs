using Spectre.Console;
using Spectre.Console.Rendering;

namespace MLExtensions.Progress.Terminal;

/// <summary>A training in two lines of a terminal: a bar with its place, and its values.</summary>
internal static class TrainingBar
{
    private const int WidestBar = 40;
    private const int NarrowestBar = 5;

    // Of the longest place there usually is, so that the bar does not change its width: epoch 100 of 200, 100,000 rows/s, at most 12:34 min left
    private const int UsualPlace = 57;

    /// <summary>The lines.</summary>
    public static IEnumerable<IRenderable> Of(TrainingView view, Profile profile)
    {
        string name = view.Name, place = view.Place, values = view.Values;
        yield return new Markup($"{Markup.Escape(name)}{Bar(view.Share, profile.Width - name.Length - Math.Max(UsualPlace, place.Length) - 4, profile.Capabilities.Unicode)}  {Markup.Escape(place)}").Overflow(Overflow.Ellipsis);
        if (values.Length > 0)
            yield return new Text($"{(view.Start.Members > 1 ? "    " : "  ")}{values}", new Style(decoration: Decoration.Dim)).Overflow(Overflow.Ellipsis);
    }

    // What is left of the line, up to a width beyond which a bar tells no more.
    private static string Bar(double share, int room, bool hasUnicode)
    {
        int width = Math.Min(WidestBar, room);
        if (width < NarrowestBar)
            return "";

        int done = (int)Math.Round(share * width);
        (char full, char empty) = hasUnicode ? ('━', '━') : ('#', '-');
        return $"  [blue]{new string(full, done)}[/][grey35]{new string(empty, width - done)}[/]";
    }
}
