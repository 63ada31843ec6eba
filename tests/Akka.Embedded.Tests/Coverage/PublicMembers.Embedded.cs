using System.Reflection;
using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.Embedded.Tests.Coverage;

/// <summary>
/// What others can see of an assembly, by type and name: overloads together, and each where it is declared first. What
/// the compiler makes, parameterless constructors and the values of an enum have no line of their own; a type that has
/// nothing else has one.
/// </summary>
internal static class PublicMembers
{
    public const string TypeAlone = "(type)";

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] OfRecords = ["EqualityContract", "PrintMembers", "Deconstruct"];

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetTypes().Where(IsVisible).SelectMany(Of);

    private static IEnumerable<string> Of(Type type)
    {
        var names = type.IsEnum || typeof(Delegate).IsAssignableFrom(type)
            ? []
            : type.GetMembers(Declared).Where(IsListed).Select(member => member.Name).Distinct().ToArray();
        return (names.Length == 0 ? [TypeAlone] : names).Select(name => $"{NameOf(type)} {name}");
    }

    private static string NameOf(Type type)
    {
        var name = type.FullName!.Replace('+', '.');
        var arity = name.IndexOf('`', StringComparison.Ordinal);
        return arity < 0
            ? name
            : $"{name[..arity]}<{string.Join(',', type.GetGenericArguments().Select(argument => argument.Name))}>";
    }

    private static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
        : type.IsPublic;

    private static bool IsListed(MemberInfo member) =>
        !member.Name.StartsWith('<') && !OfRecords.Contains(member.Name) && member switch
        {
            MethodInfo method => IsVisible(method) && !IsAccessor(method) && !IsMade(method) && IsFirst(method),
            PropertyInfo property => (property.GetMethod ?? property.SetMethod) is { } accessor
                && (IsVisible(accessor) || IsVisible(property.SetMethod)) && IsFirst(accessor),
            FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
            ConstructorInfo constructor => IsVisible(constructor) && !constructor.IsStatic
                && !member.DeclaringType!.IsAbstract && constructor.GetParameters().Length > 0,
            _ => false
        };

    private static bool IsVisible(MethodBase? method) =>
        method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsMade(MethodInfo method) => method.IsDefined(typeof(CompilerGeneratedAttribute));

    /// <summary>Neither an override nor what an interface of the same assembly has already.</summary>
    private static bool IsFirst(MethodInfo method)
    {
        var type = method.DeclaringType!;
        if (method.GetBaseDefinition() != method)
            return false;
        return type.IsInterface || method.IsStatic || !type.GetInterfaces()
            .Where(contract => contract.Assembly == type.Assembly || contract.Assembly == typeof(ActorSystem).Assembly)
            .SelectMany(contract => type.GetInterfaceMap(contract).TargetMethods)
            .Contains(method);
    }
}
