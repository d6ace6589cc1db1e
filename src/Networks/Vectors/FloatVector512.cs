using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLExtensions.Networks.Vectors;

/// <summary>Sixteen floats in one register of 512 bits.</summary>
internal unsafe struct FloatVector512 : IVector<FloatVector512>
{
    private Vector512<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FloatVector512(Vector512<float> value) => _value = value;

    public static int Count => 16;

    public static FloatVector512 Zero => new(Vector512<float>.Zero);

    public static FloatVector512 LaneBits => new(Vector512<int>.Indices.AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 Broadcast(float* source) => new(Vector512.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 CreateBits(int value) => new(Vector512.Create(value).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination) => _value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 operator +(FloatVector512 left, FloatVector512 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 operator -(FloatVector512 left, FloatVector512 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 operator *(FloatVector512 left, FloatVector512 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 operator /(FloatVector512 left, FloatVector512 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 operator &(FloatVector512 left, FloatVector512 right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 operator |(FloatVector512 left, FloatVector512 right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 operator ^(FloatVector512 left, FloatVector512 right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 MultiplyAdd(FloatVector512 left, FloatVector512 right, FloatVector512 addend) =>
        new(Vector512.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref FloatVector512 sum, FloatVector512 left, FloatVector512 right) =>
        sum._value = Vector512.MultiplyAddEstimate(left._value, right._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 Sqrt(FloatVector512 value) => new(Vector512.Sqrt(value._value));

    // Division and square root keep the one divider busy for 16 to 24 cycles each; an estimate of 14 bits and one step of
    // Newton's method take a few cycles of the multipliers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 FastSqrt(FloatVector512 value)
    {
        if (!Avx512F.IsSupported)
            return Sqrt(value);

        Vector512<float> inverse = Avx512F.ReciprocalSqrt14(value._value);
        Vector512<float> root = value._value * inverse;
        Vector512<float> error = Avx512F.FusedMultiplyAddNegated(root, inverse * 0.5f, Vector512.Create(0.5f));
        return new(Avx512F.FusedMultiplyAdd(root, error, root));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 FastDivide(FloatVector512 left, FloatVector512 right)
    {
        if (!Avx512F.IsSupported)
            return left / right;

        Vector512<float> inverse = Avx512F.Reciprocal14(right._value);
        Vector512<float> quotient = left._value * inverse;
        Vector512<float> rest = Avx512F.FusedMultiplyAddNegated(quotient, right._value, left._value);
        return new(Avx512F.FusedMultiplyAdd(rest, inverse, quotient));
    }

    // Native minimum and maximum give their second operand where either is NaN (x86) or NaN (Arm): as promised on both.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 Min(FloatVector512 limit, FloatVector512 value) =>
        new(Vector512.MinNative(limit._value, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 Max(FloatVector512 limit, FloatVector512 value) =>
        new(Vector512.MaxNative(limit._value, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 GreaterThan(FloatVector512 left, FloatVector512 right) =>
        new(Vector512.GreaterThan(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 Select(FloatVector512 mask, FloatVector512 ifSet, FloatVector512 ifClear) =>
        new(Vector512.ConditionalSelect(mask._value, ifSet._value, ifClear._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 AddBits(FloatVector512 left, FloatVector512 right) =>
        new((left._value.AsInt32() + right._value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 MultiplyBits(FloatVector512 left, FloatVector512 right) =>
        new((left._value.AsInt32() * right._value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 GreaterThanBits(FloatVector512 left, FloatVector512 right) =>
        new(Vector512.GreaterThan(left._value.AsInt32(), right._value.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 ShiftLeftBits(FloatVector512 value, int count) =>
        new((value._value.AsInt32() << count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 ShiftRightBits(FloatVector512 value, int count) =>
        new((value._value.AsInt32() >>> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 ShiftRightSignedBits(FloatVector512 value, int count) =>
        new((value._value.AsInt32() >> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(FloatVector512 value)
    {
        Vector256<float> half = value._value.GetLower() + value._value.GetUpper();
        return Vector128.Sum(half.GetLower() + half.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(FloatVector512 value)
    {
        Vector256<float> half = Vector256.MaxNative(value._value.GetLower(), value._value.GetUpper());
        Vector128<float> quarter = Vector128.MaxNative(half.GetLower(), half.GetUpper());
        Vector128<float> pair = Vector128.MaxNative(quarter, Vector128.Shuffle(quarter, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(pair, Vector128.Shuffle(pair, Vector128.Create(1, 0, 3, 2)))[0];
    }
}
