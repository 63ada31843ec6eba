using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Akka.Util;

public static partial class TypeExtensions
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    /// <summary>The name with the assemblies' short names: it survives a new version of any of them.</summary>
    public static string TypeQualifiedName(this Type type) =>
        Names.GetOrAdd(type, static one => Versions().Replace(one.AssemblyQualifiedName!, ""));

    [GeneratedRegex(@", Version=[^,\]]+, Culture=[^,\]]+, PublicKeyToken=[^,\]]+")]
    private static partial Regex Versions();
}

/// <summary>
/// Finds the types that configuration and manifests name. Names of Akka.NET's assemblies mean those of this edition,
/// so that the same text serves both.
/// </summary>
internal static class TypeResolver
{
    private static readonly ConcurrentDictionary<string, Type?> Found = new(StringComparer.Ordinal);

    public static Type? Find(string name) => Found.GetOrAdd(name, Resolve);

    public static T Create<T>(string typeName, string setting, params object?[] args)
        where T : class
    {
        var type = Find(typeName)
            ?? throw new Configuration.ConfigurationException($"{setting}: there is no type [{typeName}].");
        if (!typeof(T).IsAssignableFrom(type))
            throw new Configuration.ConfigurationException($"{setting}: [{typeName}] is no {typeof(T).Name}.");
        return (T)Activator.CreateInstance(type, args)!;
    }

    private static Type? Resolve(string name) =>
        Type.GetType(name, Load, (assembly, typeName, ignoreCase) => Get(assembly, typeName, ignoreCase), false);

    private static Type? Get(Assembly? assembly, string typeName, bool ignoreCase) =>
        assembly is not null
            ? assembly.GetType(typeName, false, ignoreCase)
            : typeof(TypeResolver).Assembly.GetType(typeName) ?? Type.GetType(typeName);

    private static Assembly? Load(AssemblyName name)
    {
        var ours = typeof(TypeResolver).Assembly;
        if (name.Name == "Akka" || (name.Name?.StartsWith("Akka.", StringComparison.Ordinal) == true))
        {
            if (name.Name == ours.GetName().Name)
                return ours;
            return name.Name.StartsWith("Akka.TestKit", StringComparison.Ordinal)
                ? TryLoad(new AssemblyName("Akka.Embedded.TestKit"))
                : TryLoad(name) ?? ours;
        }

        return TryLoad(name);
    }

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception fault) when (fault is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }
}
