using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MLExtensions.Networks.PyTorch;

/// <summary>A module of PyTorch: its kind, what its constructor is given, and the modules in it.</summary>
/// <param name="Kind">The name of the class, such as <c>Linear</c>.</param>
/// <param name="Arguments">The arguments; null as a name where they are given by position.</param>
/// <param name="Children">The modules in it, with the names under which their tensors stand.</param>
internal sealed record TorchModule(string Kind, IReadOnlyList<(string? Name, object? Value)> Arguments, IReadOnlyList<(string Name, TorchModule Module)> Children)
{
    /// <summary>A module without others in it.</summary>
    /// <param name="kind">The name of the class.</param>
    /// <param name="arguments">The arguments, by position.</param>
    public static TorchModule Of(string kind, params object?[] arguments) => new(kind, [.. arguments.Select(value => ((string?)null, value))], []);

    /// <summary>An argument by name or position, or else its default.</summary>
    /// <exception cref="FormatException">It is of another type.</exception>
    public T Get<T>(string name, int position, T otherwise)
    {
        object? found = Find(name, position, out bool isThere);
        return !isThere ? otherwise : (found, default(T)) switch
        {
            (T value, _) => value,
            (long value, double) => (T)(object)(double)value,
            _ => throw new FormatException($"{name} of {this} is '{found ?? "None"}': expected {typeof(T).Name switch { "Int64" => "a whole number", "Double" => "a number", "Boolean" => "True or False", _ => "a text" }}"),
        };
    }

    /// <summary>A size.</summary>
    /// <exception cref="FormatException">It is missing, not whole, or impossible.</exception>
    public int Size(string name, int position)
    {
        object? found = Find(name, position, out bool isThere);
        if (found is object?[] { Length: 1 } sizes)
            found = sizes[0];
        return isThere && found is long and > 0 and <= int.MaxValue ? (int)(long)found
            : throw new FormatException($"{name} of {this} must be one whole number above 0{(isThere ? $", got {ValueText(found)}" : ", and is not given")}");
    }

    /// <summary>Whether an argument is <c>None</c>.</summary>
    public bool IsNone(string name, int position) => Find(name, position, out bool isThere) is null && isThere;

    /// <summary>The modules that compute, in order, of a <c>Sequential</c> and those in it.</summary>
    /// <exception cref="FormatException">A module with others in it is no <c>Sequential</c>.</exception>
    public IEnumerable<(string Path, TorchModule Module)> Flatten() => Kind == "Sequential"
        ? Children.SelectMany(child => child.Module.Kind == "Sequential" || child.Module.Children.Count > 0
            ? child.Module.Flatten().Select(inner => ($"{child.Name}.{inner.Path}", inner.Module))
            : [(child.Name, child.Module)])
        : throw new FormatException($"{Kind} is no nn.Sequential, and what its forward does only its code knows: give the text of the nn.Sequential in it"
            + (Children.FirstOrDefault(child => child.Module.Kind == "Sequential").Name is { } name ? $", as print(model.{name}), and its name with a dot as Prefix (\"{name}.\")" : ", as print(model.layers), with its name as Prefix"));

    /// <summary>Such as <c>Linear(4, 9)</c>.</summary>
    public override string ToString() => $"{Kind}({string.Join(", ", Arguments.Select(argument => argument.Name is null ? ValueText(argument.Value) : $"{argument.Name}={ValueText(argument.Value)}"))})";

    /// <summary>The modules of a <c>Sequential</c> as JSON: a list of lists, each the kind with the arguments by position.</summary>
    public static string ToJson(IReadOnlyList<TorchModule> modules)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, modules.Select(module => (object?)module.Arguments.Select(argument => argument.Value).Prepend(module.Kind).ToArray()).ToArray());
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case object?[] values:
                writer.WriteStartArray();
                foreach (object? inner in values)
                    Write(writer, inner);
                writer.WriteEndArray();
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case int or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case float single:
                writer.WriteNumberValue(single);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue((string?)value);
                break;
        }
    }

    private object? Find(string name, int position, out bool isThere)
    {
        foreach (var (index, argument) in Arguments.Index())
        {
            if (argument.Name == name || (argument.Name is null && index == position))
            {
                isThere = true;
                return argument.Value;
            }
        }
        isThere = false;
        return null;
    }

    private static string ValueText(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        string text => $"'{text}'",
        object?[] values => $"({string.Join(", ", values.Select(ValueText))},)",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };
}
