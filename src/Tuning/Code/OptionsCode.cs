namespace MLExtensions.Tuning;

/// <summary>Options as C#.</summary>
public static class OptionsCode
{
    /// <summary>
    /// The options that differ from the defaults as an expression of C#, to be pasted into a program: it needs <c>using MLExtensions.Networks;</c> and <c>using MLExtensions.Trainers;</c>. What no code can
    /// stand for (an engine, a progress, a token, what is of the application's own) is named in a comment.
    /// </summary>
    /// <param name="options">The options.</param>
    public static string ToCSharp(this DeepMlpOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        return CSharpText.Of(options);
    }
}
