using System.Runtime.Intrinsics;

namespace MLExtensions.Networks.Vectors;

/// <summary>Eight floats in one register of 256 bits.</summary>
internal unsafe struct FloatVector256 : IVector<FloatVector256>
{
    private Vector256<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FloatVector256(Vector256<float> value) => _value = value;

    public static int Count => 8;

    public static FloatVector256 Zero => new(Vector256<float>.Zero);

    public static FloatVector256 LaneBits => new(Vector256<int>.Indices.AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Broadcast(float* source) => new(Vector256.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 CreateBits(int value) => new(Vector256.Create(value).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination) => _value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator +(FloatVector256 left, FloatVector256 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator -(FloatVector256 left, FloatVector256 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator *(FloatVector256 left, FloatVector256 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator /(FloatVector256 left, FloatVector256 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator &(FloatVector256 left, FloatVector256 right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator |(FloatVector256 left, FloatVector256 right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator ^(FloatVector256 left, FloatVector256 right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 MultiplyAdd(FloatVector256 left, FloatVector256 right, FloatVector256 addend) =>
        new(Vector256.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref FloatVector256 sum, FloatVector256 left, FloatVector256 right) =>
        sum._value = Vector256.MultiplyAddEstimate(left._value, right._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Sqrt(FloatVector256 value) => new(Vector256.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 FastSqrt(FloatVector256 value) => Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 FastDivide(FloatVector256 left, FloatVector256 right) => left / right;

    // Native minimum and maximum give their second operand where either is NaN (x86) or NaN (Arm): as promised on both.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Min(FloatVector256 limit, FloatVector256 value) =>
        new(Vector256.MinNative(limit._value, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Max(FloatVector256 limit, FloatVector256 value) =>
        new(Vector256.MaxNative(limit._value, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 GreaterThan(FloatVector256 left, FloatVector256 right) =>
        new(Vector256.GreaterThan(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Select(FloatVector256 mask, FloatVector256 ifSet, FloatVector256 ifClear) =>
        new(Vector256.ConditionalSelect(mask._value, ifSet._value, ifClear._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 AddBits(FloatVector256 left, FloatVector256 right) =>
        new((left._value.AsInt32() + right._value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 MultiplyBits(FloatVector256 left, FloatVector256 right) =>
        new((left._value.AsInt32() * right._value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 GreaterThanBits(FloatVector256 left, FloatVector256 right) =>
        new(Vector256.GreaterThan(left._value.AsInt32(), right._value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 ShiftLeftBits(FloatVector256 value, int count) =>
        new((value._value.AsInt32() << count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 ShiftRightBits(FloatVector256 value, int count) =>
        new((value._value.AsInt32() >>> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 ShiftRightSignedBits(FloatVector256 value, int count) =>
        new((value._value.AsInt32() >> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(FloatVector256 value) => Vector128.Sum(value._value.GetLower() + value._value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(FloatVector256 value)
    {
        Vector128<float> half = Vector128.MaxNative(value._value.GetLower(), value._value.GetUpper());
        return float.MaxNative(float.MaxNative(half[0], half[1]), float.MaxNative(half[2], half[3]));
    }
}
