using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Trainers.Labels;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class LabelReadersTests
{
    [TestMethod]
    public void Key_OfAnyType_IsCountedFromZero()
    {
        Read<byte>(new KeyDataViewType(typeof(byte), 200), 200).Should().Be(199);
        Read<ushort>(new KeyDataViewType(typeof(ushort), 3), 1).Should().Be(0);
        Read<uint>(new KeyDataViewType(typeof(uint), 3), 3).Should().Be(2);
        Read<ulong>(new KeyDataViewType(typeof(ulong), 3), 2).Should().Be(1);
    }

    [TestMethod]
    public void Key_MissingOrBeyondItsCount_IsNaN()
    {
        Read<byte>(new KeyDataViewType(typeof(byte), 200), 0).Should().Be(float.NaN);
        Read<uint>(new KeyDataViewType(typeof(uint), 3), 0).Should().Be(float.NaN);
        Read<uint>(new KeyDataViewType(typeof(uint), 3), 4).Should().Be(float.NaN);
        Read<ulong>(new KeyDataViewType(typeof(ulong), 3), ulong.MaxValue).Should().Be(float.NaN);
    }

    private static float Read<T>(KeyDataViewType type, T value)
    {
        var row = new OneValue<T>(type, value);
        float[] label = new float[1];

        LabelReaders.Key(row, row.Schema[0])(label);

        return label[0];
    }

    /// <summary>A row of one column, with a value that no loader of ML.NET would let pass.</summary>
    private sealed class OneValue<T> : DataViewRow
    {
        private readonly T _value;

        public OneValue(DataViewType type, T value)
        {
            var builder = new DataViewSchema.Builder();
            builder.AddColumn("Label", type);
            Schema = builder.ToSchema();
            _value = value;
        }

        public override DataViewSchema Schema { get; }

        public override long Position => 0;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new(0, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ref TValue value) => value = (TValue)(object)_value!;
    }
}
