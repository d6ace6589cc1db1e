using System.Text.Json;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class RowLayoutTests
{
    [TestMethod]
    public void Of_Counts_AreCategoriesWhereAboveZero()
    {
        var layout = RowLayout.Of([0, 4, 0, 7]);

        layout.Width.Should().Be(4);
        layout.Categories.Should().Equal(new CategorySlot(1, 4), new CategorySlot(3, 7));
        layout.HasCategories.Should().BeTrue();
        layout.ToString().Should().Be("4 slots, categories 1: 4, 3: 7");
        RowLayout.Numbers(4).HasCategories.Should().BeFalse();
        RowLayout.Numbers(4).ToString().Should().Be("4 slots, no categories");
    }

    [TestMethod]
    public void Equals_SameSlots_OnlyThose()
    {
        var layout = RowLayout.Of([0, 4, 7]);

        layout.Should().Be(new RowLayout(3, [new(1, 4), new(2, 7)]));
        layout.GetHashCode().Should().Be(new RowLayout(3, [new(1, 4), new(2, 7)]).GetHashCode());
        layout.Should().NotBe(RowLayout.Of([0, 4, 8])).And.NotBe(RowLayout.Of([4, 0, 7])).And.NotBe(RowLayout.Of([0, 4, 7, 0])).And.NotBe(RowLayout.Numbers(3));
        new OneHotLayer(layout).Should().Be(new OneHotLayer(RowLayout.Of([0, 4, 7])));
    }

    [TestMethod]
    public void Json_ThereAndBack_IsTheSame()
    {
        var layout = RowLayout.Of([0, 4, 7]) with { Missing = [0] };

        string json = JsonSerializer.Serialize(layout);

        json.Should().Be("""{"Width":3,"Categories":[{"Slot":1,"Count":4},{"Slot":2,"Count":7}],"Missing":[0]}""");
        JsonSerializer.Deserialize<RowLayout>(json).Should().Be(layout);
        JsonSerializer.Deserialize<RowLayout>(json[..^15] + "}").Should().Be(RowLayout.Of([0, 4, 7]), "archives of before numbers could be missing have none");
    }

    [TestMethod]
    [DataRow(0f, 0f, null)]
    [DataRow(3f, 16777215f, null)]
    [DataRow(-0f, 0f, null)]
    [DataRow(4f, 0f, 1)]
    [DataRow(-1f, 0f, 1)]
    [DataRow(0.5f, 0f, 1)]
    [DataRow(float.NaN, 0f, null)]
    [DataRow(float.NaN, -1f, 3)]
    [DataRow(float.PositiveInfinity, 0f, 1)]
    [DataRow(float.NegativeInfinity, -1f, 1)]
    [DataRow(2147483648f, 0f, 1)]
    [DataRow(-2147483648f, 0f, 1)]
    [DataRow(2f, 16777216f, 3)]
    public void FindInvalid_Row_GivesTheFirstSlot(float first, float second, int? expected)
    {
        var layout = RowLayout.Of([0, 4, 0, RowLayout.MaximumCount]);

        layout.FindInvalid([-7.5f, first, float.NaN, second])?.Slot.Should().Be(expected);
        (layout.FindInvalid([-7.5f, first, float.NaN, second]) is null).Should().Be(expected is null);
    }

    [TestMethod]
    [DataRow(new int[] { 1 }, "Slot 1 is a category, which may be missing anyway.*")]
    [DataRow(new int[] { 2, 0 }, "The slots that may be missing must ascend from 0 to 2, got 0 where at least 3 was expected.*")]
    [DataRow(new int[] { 3 }, "The slots that may be missing must ascend from 0 to 2, got 3 where at least 0 was expected.*")]
    public void Missing_SlotsThatCannotBe_AreRefused(int[] slots, string message) =>
        FluentActions.Invoking(() => RowLayout.Of([0, 4, 0]) with { Missing = slots }).Should().Throw<ArgumentException>().WithMessage(message);

    [TestMethod]
    [DataRow(0f, 0f, 0f, -1)]
    [DataRow(float.NaN, float.NaN, 0f, -1)]
    [DataRow(0f, 0f, float.NaN, 2)]
    [DataRow(float.PositiveInfinity, 0f, 0f, 0)]
    [DataRow(0f, float.NegativeInfinity, 0f, 1)]
    public void FindNotFinite_Row_LetsPassWhatMayBeMissing(float number, float category, float other, int expected) =>
        (RowLayout.Of([0, 4, 0]) with { Missing = [0] }).FindNotFinite([number, category, other]).Should().Be(expected);

    [TestMethod]
    [DataRow(2, 2, 1, "The slots of categories must ascend from 0 to 1, got 2 where at least 0 was expected.*")]
    [DataRow(2, -1, 1, "The slots of categories must ascend from 0 to 1, got -1 where at least 0 was expected.*")]
    [DataRow(2, 1, 0, "Slot 1 must have from 1 to 16777216 categories, got 0.*")]
    [DataRow(2, 1, 16777217, "Slot 1 must have from 1 to 16777216 categories, got 16777217.*")]
    [DataRow(0, 0, 1, "*'0'*")]
    public void New_ImpossibleSlot_IsRefused(int width, int slot, int count, string message)
    {
        Action make = () => _ = new RowLayout(width, [new(slot, count)]);

        make.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [TestMethod]
    public void New_SlotTwice_IsRefused()
    {
        Action make = () => _ = new RowLayout(5, [new(3, 2), new(3, 2)]);

        make.Should().Throw<ArgumentException>().WithMessage("The slots of categories must ascend from 0 to 4, got 3 where at least 4 was expected.*");
    }
}
