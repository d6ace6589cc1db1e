namespace MLExtensions.Networks.Rows;

/// <summary>
/// Rows of one width, row-major, that are written one after another and become one array in the end. As many rows as are
/// expected are written into that array at once. The others are kept in chunks outside of the managed heap, each given back as
/// soon as it is copied: the memory in use is that of the rows and one chunk, where an array that doubles would take three
/// times as much.
/// </summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
internal sealed unsafe class RowStore<T> : IDisposable
    where T : unmanaged
{
    // Chunks double from the first size to the largest, so that few rows take little and many rows take few chunks.
    private const int FirstChunkBytes = 1 << 18;
    private const int LargestChunkBytes = 1 << 25;

    private readonly int _width;
    private T[] _expected;
    private readonly List<Chunk> _chunks = [];

    /// <summary>Makes an empty store.</summary>
    /// <param name="width">The numbers of a row.</param>
    /// <param name="expectedRows">How many rows will come, or 0 where that is unknown. More or fewer may come all the same.</param>
    public RowStore(int width, int expectedRows)
    {
        _width = width;

        _expected = Allocate(checked(expectedRows * width));
        Capacity = _expected.Length;
    }

    /// <summary>The numbers that were written.</summary>
    private int Length { get; set; }

    /// <summary>The numbers that there is room for, in the array and in chunks.</summary>
    private int Capacity { get; set; }

    /// <summary>Room for the next rows: for at least one, and at most as many as are asked for.</summary>
    public Span<T> Room(int rows)
    {
        if (Length == Capacity)
            AddChunk();

        var last = _chunks.Count == 0 ? _expected : _chunks[^1].Span;
        return last.Slice(last.Length - (Capacity - Length), Math.Min(rows * _width, Capacity - Length));
    }

    /// <summary>Keeps rows that were written at the start of <see cref="Room"/>.</summary>
    public void Advance(int rows) => Length += rows * _width;

    /// <summary>Writes rows.</summary>
    public void Add(ReadOnlySpan<T> rows)
    {
        while (!rows.IsEmpty)
        {
            var room = Room(rows.Length / _width);
            rows[..room.Length].CopyTo(room);
            Advance(room.Length / _width);
            rows = rows[room.Length..];
        }
    }

    /// <summary>All rows in one array of their size. Empties the chunks, so it is called once.</summary>
    public T[] ToArray()
    {
        if (Length == _expected.Length)
            return _expected;

        T[] all = Allocate(Length);
        var left = all.AsSpan();
        left = left[Copy(_expected, left)..];
        for (int i = 0; i < _chunks.Count; i++)
        {
            left = left[Copy(_chunks[i].Span, left)..];
            Free(i);
        }
        return all;
    }

    /// <summary>Gives all rows to somebody else, part by part, and empties the store.</summary>
    /// <param name="take">Takes whole rows.</param>
    public void MoveTo(RowTaker<T> take)
    {
        int left = Length;
        for (int i = -1; i < _chunks.Count; i++)
        {
            ReadOnlySpan<T> part = i < 0 ? _expected : _chunks[i].Span;
            part = part[..Math.Min(part.Length, left)];
            take(part);
            left -= part.Length;
            if (i >= 0)
                Free(i);
        }
        _chunks.Clear();
        _expected = [];
        Length = Capacity = 0;
    }

    public void Dispose()
    {
        for (int i = 0; i < _chunks.Count; i++)
            Free(i);
    }

    private static T[] Allocate(int length)
    {
        // Not cleared, since every number is written before it is read.
        T[] values = GC.AllocateUninitializedArray<T>(length);
        LargePages.Advise(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>The last of the parts may have room left, which is not copied.</summary>
    private static int Copy(ReadOnlySpan<T> part, Span<T> left)
    {
        int length = Math.Min(part.Length, left.Length);
        part[..length].CopyTo(left);
        return length;
    }

    private void AddChunk()
    {
        long bytes = Math.Min((long)FirstChunkBytes << Math.Min(_chunks.Count, 16), LargestChunkBytes);
        long rows = Math.Max(1, bytes / sizeof(T) / _width);
        int length = (int)Math.Min(rows, (Array.MaxLength - Length) / _width) * _width;
        var chunk = new Chunk((T*)NativeMemory.Alloc((nuint)length, (nuint)sizeof(T)), length);
        LargePages.Advise(MemoryMarshal.AsBytes(chunk.Span));
        _chunks.Add(chunk);
        Capacity += length;
    }

    private void Free(int chunk)
    {
        NativeMemory.Free(_chunks[chunk].Values);
        _chunks[chunk] = default;
    }

    private readonly struct Chunk(T* values, int length)
    {
        public T* Values { get; } = values;

        public Span<T> Span => new(Values, length);
    }
}

/// <summary>Takes rows.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
internal delegate void RowTaker<T>(ReadOnlySpan<T> rows);
