namespace MLExtensions.Networks.Vectors;

/// <summary>
/// A vector of floats of one width. Kernels are written once against this interface; the runtime compiles each for the
/// width that <see cref="InstructionSet"/> chose, with every member inlined to one or a few instructions.
/// </summary>
/// <remarks>
/// A comparison gives a mask: all bits of a lane set or clear. The members whose names end in <c>Bits</c> treat each lane
/// as a 32-bit integer.
/// </remarks>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface IVector<TSelf>
    where TSelf : unmanaged, IVector<TSelf>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>All lanes zero.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>The lane numbers 0, 1, 2, ... as integers.</summary>
    static abstract TSelf LaneBits { get; }

    /// <summary>One value in all lanes.</summary>
    static abstract TSelf Create(float value);

    /// <summary>One value of memory in all lanes.</summary>
    /// <param name="source">Where the value is.</param>
    static abstract TSelf Broadcast(float* source);

    /// <summary>One integer in all lanes.</summary>
    static abstract TSelf CreateBits(int value);

    /// <summary>Reads <see cref="Count"/> values.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>Writes <see cref="Count"/> values.</summary>
    void Store(float* destination);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf operator &(TSelf left, TSelf right);

    static abstract TSelf operator |(TSelf left, TSelf right);

    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>left x right + addend, rounded once where the hardware has the instruction.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>
    /// sum = left x right + sum, as <see cref="MultiplyAdd"/> has it. In place, since a vector that is returned passes through a variable
    /// of its own: the compiler then overwrites an operand and moves the result, 7 moves for 12 products in the kernel of matrix products.
    /// </summary>
    static abstract void AddProduct(ref TSelf sum, TSelf left, TSelf right);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary>√value to 1 ulp, for finite normal values above 0; not exact where the hardware refines estimates faster.</summary>
    static abstract TSelf FastSqrt(TSelf value);

    /// <summary>left / right to 1 ulp, for finite left and normal right from 1e-37 to 1e37; not exact where the hardware refines estimates faster.</summary>
    static abstract TSelf FastDivide(TSelf left, TSelf right);

    /// <summary>The smaller of a limit, which is not NaN, and a value; NaN where the value is NaN.</summary>
    static abstract TSelf Min(TSelf limit, TSelf value);

    /// <summary>The larger of a limit, which is not NaN, and a value; NaN where the value is NaN.</summary>
    static abstract TSelf Max(TSelf limit, TSelf value);

    /// <summary>The mask of left &gt; right; clear where either is NaN.</summary>
    static abstract TSelf GreaterThan(TSelf left, TSelf right);

    /// <summary>The lanes of <paramref name="ifSet"/> where the mask is set, else of <paramref name="ifClear"/>.</summary>
    static abstract TSelf Select(TSelf mask, TSelf ifSet, TSelf ifClear);

    static abstract TSelf AddBits(TSelf left, TSelf right);

    /// <summary>The low 32 bits of the product.</summary>
    static abstract TSelf MultiplyBits(TSelf left, TSelf right);

    /// <summary>The mask of left &gt; right as signed integers.</summary>
    static abstract TSelf GreaterThanBits(TSelf left, TSelf right);

    static abstract TSelf ShiftLeftBits(TSelf value, int count);

    static abstract TSelf ShiftRightBits(TSelf value, int count);

    /// <summary>Shifts right and copies the sign in.</summary>
    static abstract TSelf ShiftRightSignedBits(TSelf value, int count);

    /// <summary>The sum of the lanes.</summary>
    static abstract float Sum(TSelf value);

    /// <summary>The largest of the lanes, none of which is NaN.</summary>
    static abstract float Maximum(TSelf value);
}
