using System.Runtime.CompilerServices;

namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>
/// The random numbers of dropout: each is a hash of its place (step, layer, row, unit) under a key, so that any thread can
/// compute any part of a mask, again and again.
/// </summary>
internal readonly unsafe struct DropoutMask
{
    private readonly ulong _layerKey;
    private readonly float _fullRate;
    private readonly float _factor;
    private readonly int _threshold;
    private readonly float _scale;

    /// <summary>Prepares the masks of one layer.</summary>
    /// <param name="rate">The probability of zeroing a value.</param>
    /// <param name="key">The key of dropout for the training.</param>
    /// <param name="layer">The index of the layer in the network.</param>
    public DropoutMask(float rate, ulong key, int layer)
        : this(rate, 1, PlaceHash.Mix(key ^ PlaceHash.Mix((ulong)(uint)layer)))
    {
    }

    private DropoutMask(float fullRate, float factor, ulong layerKey)
    {
        (_fullRate, _factor, _layerKey) = (fullRate, factor, layerKey);
        float rate = fullRate * factor;

        // 24 of the 32 bits of a hash are compared: the rate is met to 6e-8.
        _threshold = (int)Math.Round((1 - (double)rate) * (1 << 24));
        _scale = (float)(1 / (1 - (double)rate));
    }

    /// <summary>The masks of the same layer with another factor on the rate.</summary>
    /// <param name="factor">The factor; 1 gives the rate as it was first.</param>
    public DropoutMask Times(float factor) => factor == _factor ? this : new DropoutMask(_fullRate, factor, _layerKey);

    /// <summary>The kernel that masks rows of one strip of a matrix.</summary>
    /// <param name="step">The number of the step.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="firstColumn">The column with which the strip begins.</param>
    /// <param name="columns">The columns of the matrix, without padding.</param>
    /// <param name="input">The strip's values, from the first of the rows on.</param>
    /// <param name="output">Receives the masked values; may be <paramref name="input"/>.</param>
    /// <param name="width">The columns of the strip.</param>
    public Kernel ForStep(int step, RowRange rows, int firstColumn, int columns, float* input, float* output, int width)
    {
        ulong stepKey = PlaceHash.Mix(_layerKey ^ (uint)step);
        return new Kernel
        {
            Input = input,
            Output = output,
            Rows = rows,
            Width = width,
            FirstColumn = firstColumn,
            Columns = columns,
            Key = (int)stepKey,
            SecondKey = (int)(stepKey >> 32),
            Threshold = _threshold,
            Scale = _scale,
        };
    }

    /// <summary>output = input x mask, each mask value being 0 or 1 / (1 - rate).</summary>
    internal struct Kernel : IVectorKernel
    {
        public float* Input;
        public float* Output;
        public RowRange Rows;
        public int Width;
        public int FirstColumn;
        public int Columns;
        public int Key;
        public int SecondKey;
        public int Threshold;
        public float Scale;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector key = TVector.CreateBits(Key);
            TVector secondKey = TVector.CreateBits(SecondKey);
            TVector threshold = TVector.CreateBits(Threshold);
            TVector scale = TVector.Create(Scale);
            float* input = Input;
            float* output = Output;
            int width = Width;
            for (int row = Rows.First; row < Rows.End; row++)
            {
                // Places are numbered row by row without padding, so that they do not depend on the width of vectors.
                int place = unchecked(row * Columns + FirstColumn);
                for (int i = 0; i < width; i += TVector.Count)
                {
                    TVector hash = TVector.AddBits(TVector.CreateBits(place + i), TVector.LaneBits) ^ key;
                    TVector isKept = TVector.GreaterThanBits(threshold, TVector.ShiftRightBits(PlaceHash.Scramble(hash, secondKey), 8));
                    (isKept & (TVector.Load(input) * scale)).Store(output);
                    input += TVector.Count;
                    output += TVector.Count;
                }
            }
        }
    }
}
