namespace MLExtensions.Transforms.Table.Profiles;

/// <summary>What training rows tell of one source of a column: its texts, its numbers, or both.</summary>
internal sealed class SourceProfile(int source, bool wantsTexts, bool wantsNumbers)
{
    private SampleValues _numbers;

    public int Source => source;

    /// <summary>The texts; null where they are not wanted, or no more.</summary>
    public TextCounts? Texts { get; private set; } = wantsTexts ? new() : null;

    public bool WantsNumbers => wantsNumbers;

    /// <summary>The rows with a value.</summary>
    public long Present { get; private set; }

    /// <summary>The rows without.</summary>
    public long Missing { get; private set; }

    public void AddMissing() => Missing++;

    public void AddPresent() => Present++;

    public void AddNumber(double number) => _numbers.Add(number);

    /// <summary>Stops counting texts: there are too many for categories.</summary>
    public void DropTexts() => Texts = null;

    public SortedSample Numbers() => _numbers.Sorted();

    /// <summary>The numbers that the texts are; null where one is none.</summary>
    public SortedSample? NumbersOfTexts()
    {
        var numbers = new SampleValues();
        foreach (var (text, count) in Texts!.Items)
        {
            double number = TextCells.Parse(text);
            if (double.IsNaN(number))
                return null;
            for (long i = 0; i < count; i++)
                numbers.Add(number);
        }
        return numbers.Sorted();
    }
}
