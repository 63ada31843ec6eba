using System.Collections.Immutable;
using System.Text;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Serialization;
using Xunit;

namespace Akka.Embedded.Tests.Serialization;

public sealed class SerializationSpecs : AkkaSpec
{
    private const string Bindings = """
        akka.actor {
          serializers.words = "Akka.Embedded.Tests.Serialization.WordSerializer, Akka.Embedded.Tests"
          serialization-bindings {
            "Akka.Embedded.Tests.Serialization.IWord, Akka.Embedded.Tests" = words
          }
          serialization-identifiers {
            "Akka.Embedded.Tests.Serialization.WordSerializer, Akka.Embedded.Tests" = 4711
          }
        }
        """;

    public SerializationSpecs()
        : base(Bindings)
    {
    }

    [Fact]
    public void A_type_has_the_serializer_that_the_configuration_binds()
    {
        var serializer = Sys.Serialization.FindSerializerFor(new Word("x"));
        Assert.IsType<WordSerializer>(serializer);
        Assert.Equal(4711, serializer.Identifier);
        Assert.Same(serializer, Sys.Serialization.FindSerializerForType(typeof(Word)));
    }

    [Fact]
    public void Bytes_identifier_and_manifest_bring_the_object_back()
    {
        var serializer = Sys.Serialization.FindSerializerFor(new Word("hello"));
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, new Word("hello"));
        Assert.Equal("w", manifest);
        var bytes = serializer.ToBinary(new Word("hello"));
        Assert.Equal(new Word("hello"), Sys.Serialization.Deserialize(bytes, serializer.Identifier, manifest));
    }

    [Fact]
    public void What_has_no_binding_is_written_as_json_under_the_identifier_one()
    {
        var value = new Plain { Number = 7, Text = "ü" };
        var serializer = Sys.Serialization.FindSerializerFor(value);
        Assert.Equal(1, serializer.Identifier);
        Assert.False(serializer.IncludeManifest);
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, value);
        var back = (Plain)Sys.Serialization.Deserialize(serializer.ToBinary(value), 1, manifest);
        Assert.Equal((7, "ü"), (back.Number, back.Text));
    }

    [Fact]
    public void Bytes_are_written_as_they_are()
    {
        byte[] bytes = [1, 2, 3];
        var serializer = Sys.Serialization.FindSerializerFor(bytes);
        Assert.Equal(4, serializer.Identifier);
        Assert.Equal(bytes, serializer.ToBinary(bytes));
        Assert.Equal(bytes, Sys.Serialization.Deserialize(bytes, 4, ""));
    }

    [Fact]
    public void An_unknown_identifier_is_an_error() => Assert.ThrowsAny<Exception>(
        () => Sys.Serialization.Deserialize([], 987654, ""));

    [Fact]
    public async Task A_serializer_can_be_given_in_code()
    {
        var setup = SerializationSetup.Create(system => ImmutableHashSet.Create(
            SerializerDetails.Create("coded", new CodedSerializer(system), ImmutableHashSet.Create(typeof(Plain)))));
        var system = ActorSystem.Create(
            "coded", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig("akka.loglevel = OFF"), setup));
        Assert.Equal(42, system.Serialization.FindSerializerFor(new Plain()).Identifier);
        await system.Terminate();
    }

    [Fact]
    public void A_reference_is_found_again_by_its_serialized_path()
    {
        var actor = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props, "found");
        var path = Akka.Serialization.Serialization.SerializedActorPath(actor);
        Assert.Equal(actor, ((ExtendedActorSystem)Sys).Serialization.DeserializeActorRef(path));
    }
}

public sealed class SerializedMessagesSpecs() : AkkaSpec("akka.actor.serialize-messages = on")
{
    [Fact]
    public void Every_message_is_written_and_read_on_its_way()
    {
        var message = new Plain { Number = 1 };
        Sys.ActorOf(Props.Create<Echo>()).Tell(message);
        var received = ExpectMsg<Plain>();
        Assert.Equal(1, received.Number);
        Assert.NotSame(message, received);
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}

public interface IWord;

public sealed record Word(string Text) : IWord;

public sealed class Plain
{
    public int Number { get; set; }

    public string? Text { get; set; }
}

public sealed class WordSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override string Manifest(object o) => "w";

    public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Word)obj).Text);

    public override object FromBinary(byte[] bytes, string manifest) => new Word(Encoding.UTF8.GetString(bytes));
}

public sealed class CodedSerializer(ExtendedActorSystem system) : Serializer(system)
{
    public override int Identifier => 42;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => [];

    public override object FromBinary(byte[] bytes, Type type) => new Plain();
}
