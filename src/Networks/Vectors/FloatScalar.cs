namespace MLExtensions.Networks.Vectors;

/// <summary>One float: kernels for processors without vectors, and vector mathematics on single values.</summary>
internal unsafe struct FloatScalar : IVector<FloatScalar>
{
    private float _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FloatScalar(float value) => _value = value;

    public static int Count => 1;

    public static FloatScalar Zero => new(0f);

    public static FloatScalar LaneBits => new(0f);

    public readonly float Value => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar Create(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar Broadcast(float* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar CreateBits(int value) => new(BitConverter.Int32BitsToSingle(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar Load(float* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination) => *destination = _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar operator +(FloatScalar left, FloatScalar right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar operator -(FloatScalar left, FloatScalar right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar operator *(FloatScalar left, FloatScalar right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar operator /(FloatScalar left, FloatScalar right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar operator &(FloatScalar left, FloatScalar right) => CreateBits(left.Bits & right.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar operator |(FloatScalar left, FloatScalar right) => CreateBits(left.Bits | right.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar operator ^(FloatScalar left, FloatScalar right) => CreateBits(left.Bits ^ right.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar MultiplyAdd(FloatScalar left, FloatScalar right, FloatScalar addend) =>
        new(float.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref FloatScalar sum, FloatScalar left, FloatScalar right) =>
        sum._value = float.MultiplyAddEstimate(left._value, right._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar Sqrt(FloatScalar value) => new(MathF.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar FastSqrt(FloatScalar value) => Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar FastDivide(FloatScalar left, FloatScalar right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar Min(FloatScalar limit, FloatScalar value) => limit._value < value._value ? limit : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar Max(FloatScalar limit, FloatScalar value) => limit._value > value._value ? limit : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar GreaterThan(FloatScalar left, FloatScalar right) => Mask(left._value > right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar Select(FloatScalar mask, FloatScalar ifSet, FloatScalar ifClear) =>
        mask.Bits != 0 ? ifSet : ifClear;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar AddBits(FloatScalar left, FloatScalar right) => CreateBits(left.Bits + right.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar MultiplyBits(FloatScalar left, FloatScalar right) => CreateBits(left.Bits * right.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar GreaterThanBits(FloatScalar left, FloatScalar right) => Mask(left.Bits > right.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar ShiftLeftBits(FloatScalar value, int count) => CreateBits(value.Bits << count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar ShiftRightBits(FloatScalar value, int count) => CreateBits(value.Bits >>> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar ShiftRightSignedBits(FloatScalar value, int count) => CreateBits(value.Bits >> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(FloatScalar value) => value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(FloatScalar value) => value._value;

    private readonly int Bits => BitConverter.SingleToInt32Bits(_value);

    private static FloatScalar Mask(bool set) => CreateBits(set ? -1 : 0);
}
