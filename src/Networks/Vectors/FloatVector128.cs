using System.Runtime.Intrinsics;

namespace MLExtensions.Networks.Vectors;

/// <summary>Four floats in one register of 128 bits.</summary>
internal unsafe struct FloatVector128 : IVector<FloatVector128>
{
    private Vector128<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FloatVector128(Vector128<float> value) => _value = value;

    public static int Count => 4;

    public static FloatVector128 Zero => new(Vector128<float>.Zero);

    public static FloatVector128 LaneBits => new(Vector128<int>.Indices.AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 Broadcast(float* source) => new(Vector128.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 CreateBits(int value) => new(Vector128.Create(value).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination) => _value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 operator +(FloatVector128 left, FloatVector128 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 operator -(FloatVector128 left, FloatVector128 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 operator *(FloatVector128 left, FloatVector128 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 operator /(FloatVector128 left, FloatVector128 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 operator &(FloatVector128 left, FloatVector128 right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 operator |(FloatVector128 left, FloatVector128 right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 operator ^(FloatVector128 left, FloatVector128 right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 MultiplyAdd(FloatVector128 left, FloatVector128 right, FloatVector128 addend) =>
        new(Vector128.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref FloatVector128 sum, FloatVector128 left, FloatVector128 right) =>
        sum._value = Vector128.MultiplyAddEstimate(left._value, right._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 Sqrt(FloatVector128 value) => new(Vector128.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 FastSqrt(FloatVector128 value) => Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 FastDivide(FloatVector128 left, FloatVector128 right) => left / right;

    // Native minimum and maximum give their second operand where either is NaN (x86) or NaN (Arm): as promised on both.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 Min(FloatVector128 limit, FloatVector128 value) =>
        new(Vector128.MinNative(limit._value, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 Max(FloatVector128 limit, FloatVector128 value) =>
        new(Vector128.MaxNative(limit._value, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 GreaterThan(FloatVector128 left, FloatVector128 right) =>
        new(Vector128.GreaterThan(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 Select(FloatVector128 mask, FloatVector128 ifSet, FloatVector128 ifClear) =>
        new(Vector128.ConditionalSelect(mask._value, ifSet._value, ifClear._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 AddBits(FloatVector128 left, FloatVector128 right) =>
        new((left._value.AsInt32() + right._value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 MultiplyBits(FloatVector128 left, FloatVector128 right) =>
        new((left._value.AsInt32() * right._value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 GreaterThanBits(FloatVector128 left, FloatVector128 right) =>
        new(Vector128.GreaterThan(left._value.AsInt32(), right._value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 ShiftLeftBits(FloatVector128 value, int count) =>
        new((value._value.AsInt32() << count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 ShiftRightBits(FloatVector128 value, int count) =>
        new((value._value.AsInt32() >>> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 ShiftRightSignedBits(FloatVector128 value, int count) =>
        new((value._value.AsInt32() >> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(FloatVector128 value) => Vector128.Sum(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(FloatVector128 value)
    {
        Vector128<float> v = value._value;
        return float.MaxNative(float.MaxNative(v[0], v[1]), float.MaxNative(v[2], v[3]));
    }
}
