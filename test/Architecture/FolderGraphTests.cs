namespace MLExtensions.Architecture.Tests;

[TestClass]
public sealed class FolderGraphTests
{
    [TestMethod]
    public void Circles_ArrowsOneWay_AreNone()
    {
        var graph = GraphOf(("Root.cs", "class Root { Upper.A a; }"), ("Upper/A.cs", "namespace Upper { class A { Lower.B b; } }"), ("Lower/B.cs", "namespace Lower { class B { } }"));

        graph.Arrows.Should().BeEquivalentTo([("", "Upper"), ("Upper", "Lower")]);
        graph.Circles().Should().BeEmpty();
    }

    [TestMethod]
    public void Circles_ThreeFoldersInACircle_AreToldWithFilesAndTypes()
    {
        var graph = GraphOf(("One/A.cs", "class A : B { }"), ("Two/B.cs", "class B { object Make() => new C(); }"),
            ("Three/C.cs", "class C { static void Take(Below below) { } A a; }"), ("Four/Below.cs", "class Below { }"));

        graph.Circles().Should().ContainSingle().Which.Should().StartWith("The folders One, Three, Two use one another in a circle.")
            .And.EndWith("  One -> Two\n    One/A.cs uses B\n  Three -> One\n    Three/C.cs uses A\n  Two -> Three\n    Two/B.cs uses C\n");
    }

    [TestMethod]
    public void Circles_TwoApart_AreToldApart()
    {
        var graph = GraphOf(("One/A.cs", "class A { B b; C c; }"), ("Two/B.cs", "class B { A a; }"), ("Three/C.cs", "class C { D d; }"), ("Four/D.cs", "class D { C c; }"));

        graph.Circles().Should().HaveCount(2).And.ContainMatch("The folders One, Two use*").And.ContainMatch("The folders Four, Three use*");
    }

    [TestMethod]
    public void Circles_ArrowToTheRoot_IsOne() =>
        GraphOf(("Root.cs", "class Root { }"), ("One/A.cs", "class A { Root root; }")).Circles()
            .Should().ContainSingle().Which.Should().Contain("  One -> (root)\n    One/A.cs uses Root\n");

    [TestMethod]
    [DataRow("class A { object a = Make.New().Number; }")]
    [DataRow("class A { int Of(object o) => o is { } x ? 1.Twice() : 0; }")]
    [DataRow("class A { B b() => new(); }")]
    [DataRow("class A { int Of() { var made = Make.New(); return made.Number; } }")]
    [DataRow("class A<T> where T : B { }")]
    [DataRow("[Mark] class A { }")]
    public void Arrows_EveryKindOfUse_IsSeen(string text)
    {
        var graph = GraphOf(("One/A.cs", text), ("Two/B.cs",
            "class B { public int Number; } static class Make { public static B New() => new(); public static int Twice(this int x) => 2 * x; } class MarkAttribute : Attribute { }"));

        graph.Arrows.Should().Equal(("One", "Two"));
    }

    [TestMethod]
    public void Arrows_PartialTypeInItsOwnFolder_AreNone() =>
        GraphOf(("One/A.cs", "partial class A { A a; }"), ("Two/A.cs", "partial class A { }")).Arrows.Should().BeEmpty();

    [TestMethod]
    public void Namespaces_OfPublicAndInternalTypes_AreHeldToTheRule()
    {
        var assembly = SourceAssembly.Of("Root",
            ("Good.cs", "namespace Root; class C1 { }"), ("One/Good.cs", "namespace Root.One; class C2 { public class Inner { } }"),
            ("One/Public.cs", "namespace Root; public class C3 { } class C4 { }"), ("One/Two/Catalog.cs", "namespace Microsoft.ML; public static class C5 { }"),
            ("One/Internal.cs", "namespace Root; class C6 { }"), ("One/Two/Wrong.cs", "namespace Root.One.Two; public enum C7 { }"), ("One/None.cs", "class C8 { }"));

        NamespaceRule.Broken(assembly).Should().Equal(
            "One/Internal.cs is in namespace Root; expected Root.One, since it declares no public type.",
            "One/None.cs is in namespace (none); expected Root.One, since it declares no public type.",
            "One/Two/Wrong.cs is in namespace Root.One.Two; expected Root, since it declares a public type.");
    }

    private static FolderGraph GraphOf(params (string Path, string Text)[] files) => new(SourceAssembly.Of("Tested", files));
}
