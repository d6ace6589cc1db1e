using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace MLExtensions.Tuning.Code;

/// <summary>Values as expressions of C#: what differs from the defaults, and static members by their names.</summary>
internal static class CSharpText
{
    private const string Indent = "    ";

    /// <summary>The expression of options, a line for each that differs from the defaults.</summary>
    public static string Of(object options)
    {
        object defaults = Activator.CreateInstance(options.GetType())!;
        var text = new StringBuilder($"new {options.GetType().Name}{Environment.NewLine}{{{Environment.NewLine}");
        foreach (var property in Settable(options.GetType()))
        {
            object? value = property.GetValue(options);
            string? written = Write(value);
            if (written is null && !Equals(value, property.GetValue(defaults)))
                text.AppendLine($"{Indent}// {property.Name}: {value!.GetType().Name}, which no code can stand for.");
            else if (written is not null && written != Write(property.GetValue(defaults)))
                text.AppendLine($"{Indent}{property.Name} = {written},");
        }
        return text.Append('}').ToString();
    }

    /// <summary>The expression of a value; null where it has none.</summary>
    private static string? Write(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => Literal(text),
        float number => Number(number, "f", "float"),
        double number => Number(number, "", "double"),
        Enum name => OfEnum(name),
        IFormattable number when value.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        TimeSpan time => Invariant($"TimeSpan.FromTicks({time.Ticks}L)"),
        IEnumerable list => OfAll(list),
        _ when value.GetType() is { Namespace: not null } type && type.Namespace.StartsWith("MLExtensions", StringComparison.Ordinal) => OfStatic(value) ?? OfNew(value),
        _ => null,
    };

    private static string? OfAll(IEnumerable list)
    {
        List<string> items = [];
        foreach (object? item in list)
        {
            if (Write(item) is not { } written)
                return null;
            items.Add(written);
        }
        return $"[{string.Join(", ", items)}]";
    }

    // A public static member, of the type or of one above it, that is the same value.
    private static string? OfStatic(object value)
    {
        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            if (!type.IsVisible)
                continue;
            var member = type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .FirstOrDefault(property => property.PropertyType.IsInstanceOfType(value) && Equals(property.GetValue(null), value));
            if (member is not null)
                return $"{NameOf(type)}.{member.Name}";
        }
        return null;
    }

    private static string? OfNew(object value)
    {
        var type = value.GetType();
        if (!type.IsVisible || type.IsGenericType)
            return null;
        var properties = Readable(type);
        foreach (var constructor in type.GetConstructors().Where(constructor => !IsCopy(constructor, type)).OrderBy(constructor => constructor.GetParameters().Length))
        {
            var parameters = constructor.GetParameters();
            PropertyInfo[] sources = [.. parameters.Select(parameter => Array.Find(properties, property => property.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase))).OfType<PropertyInfo>()];
            if (sources.Length == parameters.Length && OfNew(value, constructor, sources) is { } written)
                return written;
        }
        return null;
    }

    private static string? OfNew(object value, ConstructorInfo constructor, PropertyInfo[] sources)
    {
        string?[] arguments = [.. sources.Zip(constructor.GetParameters(), (source, parameter) => Write(source.GetValue(value)) is not { } written ? null
            : parameter.HasDefaultValue && written == Write(parameter.DefaultValue) ? "" : $"{parameter.Name}: {written}")];
        if (arguments.Contains(null))
            return null;

        var type = value.GetType();
        object plain = constructor.Invoke([.. sources.Select(source => source.GetValue(value))]);
        List<string> set = [];
        foreach (var property in Settable(type).Except(sources))
        {
            object? own = property.GetValue(value);
            string? written = Write(own);
            if (written is null && !Equals(own, property.GetValue(plain)))
                return null;
            if (written is not null && written != Write(property.GetValue(plain)))
                set.Add($"{property.Name} = {written}");
        }
        string given = string.Join(", ", arguments.Where(argument => argument!.Length > 0));
        if (set.Count == 0)
            return $"new {NameOf(type)}({given})";
        return $"new {NameOf(type)}{(given.Length > 0 ? $"({given})" : "")} {{ {string.Join(", ", set)} }}";
    }

    private static bool IsCopy(ConstructorInfo constructor, Type type) => constructor.GetParameters() is [{ ParameterType: var parameter }] && parameter == type;

    private static PropertyInfo[] Readable(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0).ToArray();

    private static IEnumerable<PropertyInfo> Settable(Type type) => Readable(type).Where(property => property.SetMethod?.IsPublic == true);

    private static string NameOf(Type type) => type.DeclaringType is { } outer ? $"{NameOf(outer)}.{type.Name}" : type.Name;

    private static string OfEnum(Enum value) => Enum.IsDefined(value.GetType(), value)
        ? $"{NameOf(value.GetType())}.{value}"
        : string.Join(" | ", $"{value}".Split(", ").Select(name => $"{NameOf(value.GetType())}.{name}"));

    private static string Number<T>(T value, string suffix, string type)
        where T : System.Numerics.IFloatingPoint<T> => T.IsNaN(value) ? $"{type}.NaN" : T.IsPositiveInfinity(value) ? $"{type}.PositiveInfinity" : T.IsNegativeInfinity(value) ? $"{type}.NegativeInfinity"
            : value.ToString("R", CultureInfo.InvariantCulture) + suffix;

    private static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (char c in text)
            literal.Append(c is '"' or '\\' ? $"\\{c}" : c < ' ' || c is '\u007f' or '\u0085' or '\u2028' or '\u2029' ? $"\\u{(int)c:x4}" : c.ToString());
        return literal.Append('"').ToString();
    }
}
