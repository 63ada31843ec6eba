using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>
/// Which serializer writes which type, by <c>akka.actor.serializers</c>, <c>serialization-bindings</c> and
/// <see cref="SerializationSetup"/>. The binding nearest to an object's type counts.
/// </summary>
public class Serialization
{
    private readonly ConcurrentDictionary<string, Serializer> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, Serializer> _byId = new();
    private readonly ConcurrentDictionary<Type, Serializer> _bindings = new();
    private readonly ConcurrentDictionary<Type, Serializer> _found = new();
    private readonly NullSerializer _null;

    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        _null = new NullSerializer(system);
        _byId[_null.Identifier] = _null;
        ReadConfiguration();
        var setup = system.Settings.Setup.Get<SerializationSetup>();
        foreach (var details in setup.HasValue ? setup.Value.CreateSerializers(system) : [])
        {
            AddSerializer(details.Alias, details.Serializer);
            foreach (var type in details.UseFor)
                AddSerializationMap(type, details.Serializer);
        }
    }

    public ExtendedActorSystem System { get; }

    /// <summary>The name of an actor that <see cref="DeserializeActorRef"/> finds again.</summary>
    public static string SerializedActorPath(IActorRef? actorRef) => actorRef?.Path.ToSerializationFormat() ?? "";

    /// <summary>
    /// What reading needs beside the bytes: the serializer's own manifest, the type's name, or nothing.
    /// </summary>
    public static string ManifestFor(Serializer s, object msg) => s switch
    {
        SerializerWithStringManifest named => named.Manifest(msg),
        { IncludeManifest: true } => msg.GetType().TypeQualifiedName(),
        _ => ""
    };

    public void AddSerializer(string name, Serializer serializer)
    {
        _byName[name] = serializer;
        _byId[serializer.Identifier] = serializer;
    }

    public void AddSerializationMap(Type type, Serializer serializer)
    {
        _bindings[type] = serializer;
        _found.Clear();
    }

    public byte[] Serialize(object o) => FindSerializerFor(o).ToBinary(o);

    public object Deserialize(byte[] bytes, int serializerId, Type type) => ById(serializerId).FromBinary(bytes, type);

    /// <exception cref="SerializationException">No serializer has the identifier, or the manifest names no
    /// type.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        var serializer = ById(serializerId);
        if (serializer is SerializerWithStringManifest named)
            return named.FromBinary(bytes, manifest);
        if (string.IsNullOrEmpty(manifest))
            return serializer.FromBinary(bytes, null!);
        var type = TypeResolver.Find(manifest) ?? throw new SerializationException(
            $"Cannot find manifest class [{manifest}] for serializer with id [{serializerId}].");
        return serializer.FromBinary(bytes, type);
    }

    public Serializer FindSerializerFor(object obj, string? defaultSerializerName = null) =>
        obj is null ? _null : FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <exception cref="SerializationException">Nothing is bound to the type.</exception>
    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null)
    {
        if (_found.TryGetValue(objectType, out var known))
            return known;
        var bound = _bindings.Keys.Where(type => type != typeof(object) && type.IsAssignableFrom(objectType)).ToArray();
        var nearest = bound.FirstOrDefault(type => bound.All(other => other.IsAssignableFrom(type)))
            ?? bound.FirstOrDefault(type => !bound.Any(other => other != type && type.IsAssignableFrom(other)));
        if (nearest is not null)
            return _found[objectType] = _bindings[nearest];
        if (defaultSerializerName is not null)
        {
            return _byName.TryGetValue(defaultSerializerName, out var named) ? named : throw new SerializationException(
                $"Couldn't find serializer with name [{defaultSerializerName}]");
        }

        return _bindings.TryGetValue(typeof(object), out var general)
            ? _found[objectType] = general
            : throw new SerializationException($"Serializer not found for type {objectType.Name}");
    }

    public IActorRef DeserializeActorRef(string path) => ((ActorSystemImpl)System).Resolve(path);

    /// <summary>The message as another process would get it, unless it says that it never leaves this one.</summary>
    internal object RoundTrip(object message)
    {
        if (message is INoSerializationVerificationNeeded or IAutoReceivedMessage or IWrappedMessage)
            return message;
        var serializer = FindSerializerFor(message);
        return Deserialize(serializer.ToBinary(message), serializer.Identifier, ManifestFor(serializer, message));
    }

    private Serializer ById(int id) => _byId.TryGetValue(id, out var serializer) ? serializer
        : throw new SerializationException(
            $"Cannot find serializer with id [{id}]. The most probable reason is that the configuration entry "
            + "'akka.actor.serializers' is not in sync between the two systems.");

    private void ReadConfiguration()
    {
        foreach (var (name, value) in Entries("akka.actor.serializers"))
            AddSerializer(name, Create(name, value.GetString()));
        foreach (var (typeName, value) in Entries("akka.actor.serialization-bindings"))
        {
            var type = TypeResolver.Find(typeName);
            if (type is null)
                System.Log.Warning("akka.actor.serialization-bindings: there is no type [{0}]", typeName);
            else if (_byName.TryGetValue(value.GetString(), out var serializer))
                AddSerializationMap(type, serializer);
            else
                System.Log.Warning("Serialization binding to non existing serializer: '{0}'", value.GetString());
        }
    }

    private IEnumerable<KeyValuePair<string, Configuration.Hocon.HoconValue>> Entries(string path) =>
        System.Settings.Config.GetConfig(path)?.AsEnumerable() ?? [];

    private Serializer Create(string name, string typeName)
    {
        var type = TypeResolver.Find(typeName) ?? throw new ConfigurationException(
            $"akka.actor.serializers.{name}: there is no type [{typeName}].");
        var settings = System.Settings.Config.GetConfig($"akka.actor.serialization-settings.{name}");
        return type.GetConstructor([typeof(ExtendedActorSystem), typeof(Config)]) is not null && settings is not null
            ? (Serializer)Activator.CreateInstance(type, System, settings)!
            : (Serializer)Activator.CreateInstance(type, System)!;
    }
}
