using System.Globalization;
using System.Text.Json;

namespace MLExtensions.Networks.PyTorch;

/// <summary>
/// Reads what a <c>Sequential</c> consists of: the text that Python prints of it (<c>(0): Linear(in_features=4, out_features=9, bias=True)</c>), the code that makes it
/// (<c>nn.Sequential(nn.Linear(4, 9), nn.ReLU())</c>), or JSON as <see cref="TorchModule.ToJson"/> writes it. Nothing of it is run.
/// </summary>
internal sealed class ModuleText
{
    // Deeper ones are no network, but would be a deep recursion.
    private const int MostLevels = 50;

    private readonly string _text;
    private int _at;
    private int _level;

    private ModuleText(string text) => _text = text;

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It is no description of modules; the message tells where.</exception>
    public static TorchModule Parse(string text)
    {
        if (text.TrimStart().StartsWith('['))
            return ParseJson(text);
        var reader = new ModuleText(text);
        var module = reader.Module();
        reader.SkipBlanks();
        return reader._at == text.Length ? module : throw reader.Unexpected("the end");
    }

    private static TorchModule ParseJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var modules = json.RootElement.EnumerateArray().Select(list => TorchModule.Of(list[0].GetString()!, [.. list.EnumerateArray().Skip(1).Select(ValueOf)]));
            return new TorchModule("Sequential", [], [.. modules.Index().Select(entry => (Invariant($"{entry.Index}"), entry.Item))]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException)
        {
            throw new FormatException($"its list of modules is no JSON as [[\"Linear\", 4, 9], [\"ReLU\"]]: {exception.Message}", exception);
        }
    }

    private static object? ValueOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Array => element.EnumerateArray().Select(ValueOf).ToArray(),
        _ => null,
    };

    private TorchModule Module()
    {
        if (++_level > MostLevels)
            throw new FormatException(Invariant($"more than {MostLevels} modules stand within one another"));
        // torch.nn.Linear is Linear.
        string kind = Name().Split('.')[^1];
        var arguments = new List<(string?, object?)>();
        var children = new List<(string, TorchModule)>();
        Expect('(');
        while (!Take(')'))
        {
            Item(arguments, children);
            Take(',');
        }
        _level--;
        return new TorchModule(kind, arguments, children);
    }

    private void Item(List<(string?, object?)> arguments, List<(string, TorchModule)> children)
    {
        int start = _at;
        if (Take('(') && TryChildName() is { } child)
        {
            children.Add((child, Module()));
            return;
        }

        _at = start;
        SkipBlanks();
        if (!char.IsLetter(Current) || IsConstant())
        {
            arguments.Add((null, Value()));
            return;
        }

        string name = Name();
        if (Take('='))
            arguments.Add((name, Value()));
        else
        {
            _at -= name.Length;
            children.Add((Invariant($"{children.Count}"), Module()));
        }
    }

    // As in "(0): ", where a tuple would go on otherwise.
    private string? TryChildName()
    {
        int end = _text.IndexOf(')', _at);
        if (end < 0 || end + 1 >= _text.Length || _text[end + 1] != ':')
            return null;
        string name = _text[_at..end];
        _at = end + 2;
        return name;
    }

    private object? Value()
    {
        SkipBlanks();
        if (Current is '(' or '[')
            return Tuple(_text[_at++] == '(' ? ')' : ']');
        if (Current is '\'' or '"')
            return Quoted();

        int start = _at;
        while (char.IsLetterOrDigit(Current) || Current is '.' or '+' or '-' or '_')
            _at++;
        return _text[start.._at] switch
        {
            "None" => null,
            "True" => true,
            "False" => false,
            var word when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
            var word when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            "inf" => double.PositiveInfinity,
            _ => throw Unexpected("a number, a text, True, False or None", start),
        };
    }

    private object?[] Tuple(char end)
    {
        var values = new List<object?>();
        while (!Take(end))
        {
            values.Add(Value());
            Take(',');
        }
        return [.. values];
    }

    private string Quoted()
    {
        int end = _text.IndexOf(Current, _at + 1);
        if (end < 0)
            throw Unexpected("a text that ends");
        string text = _text[(_at + 1)..end];
        _at = end + 1;
        return text;
    }

    private bool IsConstant() => new[] { "None", "True", "False" }.Any(word => string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0 && !char.IsLetterOrDigit(At(_at + word.Length)));

    private string Name()
    {
        SkipBlanks();
        int start = _at;
        while (char.IsLetterOrDigit(Current) || Current is '.' or '_')
            _at++;
        return _at > start ? _text[start.._at] : throw Unexpected("the name of a module");
    }

    private bool Take(char wanted)
    {
        SkipBlanks();
        bool isThere = Current == wanted;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private void Expect(char wanted)
    {
        if (!Take(wanted))
            throw Unexpected($"'{wanted}'");
    }

    private void SkipBlanks()
    {
        while (char.IsWhiteSpace(Current) || Current == '#')
        {
            // A comment goes to the end of its line.
            _at = Current == '#' ? (_text.IndexOf('\n', _at) is >= 0 and var end ? end : _text.Length) : _at + 1;
        }
    }

    private char Current => At(_at);

    private char At(int index) => index < _text.Length ? _text[index] : '\0';

    private FormatException Unexpected(string expected, int? at = null)
    {
        int from = at ?? _at, line = _text.AsSpan(0, Math.Min(from, _text.Length)).Count('\n') + 1;
        string got = from >= _text.Length ? "its end" : $"'{_text[from..Math.Min(_text.Length, from + 20)].Split('\n')[0]}'";
        return new FormatException(Invariant($"the text of the nn.Sequential has {got} in line {line}, expected {expected}: give what print(model) shows, or the code that makes it"));
    }
}
