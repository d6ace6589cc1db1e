using System.Reflection;
using System.Runtime.Loader;
using Microsoft.ML;

namespace MLExtensions.Pipeline.Tests;

/// <summary>
/// Holds what the stubs claim of Microsoft.ML's internals, member by member, against the assemblies that are loaded. Without this
/// a change of ML.NET would show itself only when an application loads a model.
/// </summary>
[TestClass]
public sealed class InternalsStubTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [TestMethod]
    [DataRow("Microsoft.ML.Core", 10)]
    [DataRow("Microsoft.ML.Data", 8)]
    public void Stub_EveryMember_StandsInTheLoadedAssembly(string name, int types)
    {
        var real = Assembly.Load(name);
        var stub = LoadStub(name);
        var stubTypes = stub.GetTypes().Where(type => type.IsPublic).ToArray();

        stubTypes.Should().HaveCount(types);
        foreach (var type in stubTypes)
        {
            var actual = real.GetType(type.FullName!);
            actual.Should().NotBeNull("{0} stands in the stub", type);
            KindOf(actual!).Should().Be(KindOf(type));
            InterfacesOf(type).Should().BeSubsetOf(InterfacesOf(actual!), "{0} has them in the stub", type);
            MembersOf(type).Should().BeSubsetOf(MembersOf(actual!), "{0} has them in the stub", type);
        }
    }

    [TestMethod]
    [DataRow("Microsoft.ML.Core")]
    [DataRow("Microsoft.ML.Data")]
    public void Stub_Identity_IsThatOfTheLoadedAssemblyInAnOlderVersion(string name)
    {
        var real = Assembly.Load(name).GetName();
        var stub = LoadStub(name).GetName();

        stub.GetPublicKeyToken().Should().Equal(real.GetPublicKeyToken()).And.NotBeEmpty();
        stub.Version.Should().BeLessThan(real.Version!);
    }

    [TestMethod]
    public void Loaded_MicrosoftML_IsTheReferencedOne() =>
        typeof(MLContext).Assembly.GetName().Name.Should().Be("Microsoft.ML.Data");

    private static Assembly LoadStub(string name) =>
        new AssemblyLoadContext(name).LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "stub", name + ".dll"));

    private static string KindOf(Type type) =>
        $"{(type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class")} {type.FullName} : {type.BaseType?.FullName}";

    private static string[] InterfacesOf(Type type) => [.. type.GetInterfaces().Select(NameOf)];

    private static string[] MembersOf(Type type) =>
        [.. type.GetMembers(Declared).Where(member => member is FieldInfo { IsPrivate: false } or PropertyInfo or MethodBase { IsPrivate: false } || type.IsInterface).Select(TextOf).Order()];

    private static string TextOf(MemberInfo member) => member switch
    {
        FieldInfo field => $"{(field.IsInitOnly ? "readonly " : "")}{(field.IsStatic ? "static " : "")}{NameOf(field.FieldType)} {field.Name}",
        PropertyInfo property => $"{NameOf(property.PropertyType)} {property.Name} {{{(property.CanRead ? " get;" : "")} }}",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{NameOf(method.ReturnType)} {method.Name}({ParametersOf(method)})",
        ConstructorInfo constructor => $"new({ParametersOf(constructor)})",
        _ => member.ToString()!,
    };

    private static string ParametersOf(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => NameOf(p.ParameterType)));

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.GetGenericTypeDefinition().FullName}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.FullName ?? type.Name;
}
