using System.Runtime.CompilerServices;

namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>
/// Normal noise with mean 0: each number is that quantile of the normal distribution which a hash of its place (step, row, column) under
/// a key names, so that any thread can compute any part.
/// </summary>
internal readonly unsafe struct GaussianNoise
{
    private readonly ulong _key;
    private readonly float _standardDeviation;

    /// <summary>Prepares noise.</summary>
    /// <param name="standardDeviation">The standard deviation.</param>
    /// <param name="key">The key.</param>
    public GaussianNoise(float standardDeviation, ulong key)
    {
        _key = key;
        _standardDeviation = standardDeviation;
    }

    /// <summary>The kernel that adds noise to rows of one strip of a matrix.</summary>
    /// <param name="step">The number of the step.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="firstColumn">The column with which the strip begins.</param>
    /// <param name="columns">The columns of the matrix, without padding.</param>
    /// <param name="values">The strip's values, from the first of the rows on; padding keeps its value.</param>
    /// <param name="width">The columns of the strip.</param>
    public Kernel ForStep(int step, RowRange rows, int firstColumn, int columns, float* values, int width)
    {
        ulong stepKey = PlaceHash.Mix(_key ^ (uint)step);
        return new Kernel
        {
            Values = values,
            Rows = rows,
            Width = width,
            FirstColumn = firstColumn,
            Columns = columns,
            Key = (int)stepKey,
            SecondKey = (int)(stepKey >> 32),
            StandardDeviation = _standardDeviation,
        };
    }

    /// <summary>values += noise.</summary>
    internal struct Kernel : IVectorKernel
    {
        public float* Values;
        public RowRange Rows;
        public int Width;
        public int FirstColumn;
        public int Columns;
        public int Key;
        public int SecondKey;
        public float StandardDeviation;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector key = TVector.CreateBits(Key);
            TVector secondKey = TVector.CreateBits(SecondKey);
            TVector scale = TVector.Create(StandardDeviation);
            float* values = Values;
            for (int row = Rows.First; row < Rows.End; row++)
            {
                // Places are numbered row by row without padding, so that they do not depend on the width of vectors.
                int place = unchecked(row * Columns + FirstColumn);
                for (int i = 0; i < Width; i += TVector.Count)
                {
                    TVector hash = PlaceHash.Scramble(TVector.AddBits(TVector.CreateBits(place + i), TVector.LaneBits) ^ key, secondKey);
                    TVector isValue = TVector.GreaterThanBits(TVector.CreateBits(Columns - FirstColumn - i), TVector.LaneBits);
                    TVector noise = isValue & VectorMath.NormalQuantile(Centred(hash));
                    TVector.MultiplyAdd(scale, noise, TVector.Load(values)).Store(values);
                    values += TVector.Count;
                }
            }
        }

        // 23 of the bits as an odd multiple of 2⁻²³ in (-1, 1): evenly spread, never 0 or ±1.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Centred<TVector>(TVector hash)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector fromOne = TVector.ShiftRightBits(hash, 9) | TVector.CreateBits(0x3F800000);
            return fromOne + fromOne - TVector.Create(3f) + TVector.Create(1f / (1 << 23));
        }
    }
}
