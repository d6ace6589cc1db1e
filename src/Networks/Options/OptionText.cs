using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;

namespace MLExtensions.Networks.Options;

/// <summary>Options as text, in the order of their properties; lists with what is in them.</summary>
/// <remarks>A program that is trimmed may have lost properties that nothing else names: they are missing from the text, on which no result depends.</remarks>
[UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "See the remarks.")]
[UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "See the remarks; options are made by whoever asks for them, so their constructors are there.")]
internal static class OptionText
{
    // Options within options are a few deep.
    private const int Deepest = 6;

    /// <summary>What of options differs from the values that a new record of their kind has.</summary>
    public static string OfChanges(object options)
    {
        var changed = All(options).Where(option => !option.IsDefault).Select(option => $"{option.Name} = {option.Value}").ToList();
        return changed.Count == 0 ? $"{options.GetType().Name} {{ }}" : $"{options.GetType().Name} {{ {string.Join(", ", changed)} }}";
    }

    /// <summary>All options that can be written down.</summary>
    public static IReadOnlyList<OptionValue> All(object options)
    {
        object defaults = Activator.CreateInstance(options.GetType())!;
        return [.. from property in Properties(options.GetType()) let text = Of(property.GetValue(options), 0) select new OptionValue(property.Name, text, text == Of(property.GetValue(defaults), 0))];
    }

    /// <summary>The values that a new record of their kind has.</summary>
    public static IReadOnlyList<OptionValue> OfDefaults(object options) => All(Activator.CreateInstance(options.GetType())!);

    private static string Of(object? value, int depth) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        Enum or bool => value.ToString()!,
        IFormattable number when value.GetType().Namespace == "System" => number.ToString(null, CultureInfo.InvariantCulture),
        CancellationToken token => token.CanBeCanceled ? "a token" : "none",
        MlpOptions options when depth > 0 => OfChanges(options),
        IEnumerable list when depth < Deepest => $"[{string.Join(", ", list.Cast<object?>().Select(entry => Of(entry, depth + 1)))}]",
        _ when depth < Deepest && value.GetType().Namespace?.StartsWith("MLExtensions", StringComparison.Ordinal) == true && Properties(value.GetType()).Any() =>
            $"{value.GetType().Name} {{ {string.Join(", ", Properties(value.GetType()).Select(property => $"{property.Name} = {Of(property.GetValue(value), depth + 1)}"))} }}",
        _ => value.ToString() ?? value.GetType().Name,
    };

    // Those that can be set: others follow from them.
    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0 && property.GetCustomAttribute<JsonIgnoreAttribute>() is null);
}
