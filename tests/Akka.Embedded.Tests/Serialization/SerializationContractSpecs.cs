using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence.Sql;
using Akka.Serialization;
using Akka.Util;
using Xunit;

namespace Akka.Embedded.Tests.Serialization;

/// <summary>The serializers of the toolkit, and serializers added while the system runs.</summary>
public sealed class SerializationContractSpecs() : AkkaSpec("""
    akka.actor.serialization-identifiers {
      "Akka.Embedded.Tests.Serialization.WordSerializer, Akka.Embedded.Tests" = 4711
    }
    """)
{
    private ExtendedActorSystem Extended => (ExtendedActorSystem)Sys;

    [Fact]
    public void A_serializer_can_be_added_and_bound()
    {
        var serialization = new Akka.Serialization.Serialization(Extended);
        Assert.Same(Sys, serialization.System);
        var words = new WordSerializer(Extended);
        serialization.AddSerializer("words", words);
        serialization.AddSerializationMap(typeof(IWord), words);
        var bytes = serialization.Serialize(new Word("hello"));
        Assert.Equal(words.ToBinary(new Word("hello")), bytes);
        Assert.Equal(new Word("hello"), serialization.Deserialize(bytes, words.Identifier, "w"));
    }

    [Fact]
    public void The_serializers_of_the_toolkit_can_be_made_by_hand()
    {
        Assert.Equal("text", Back(new NewtonSoftJsonSerializer(Extended), "text"));
        Assert.Equal(new byte[] { 1, 2 }, Back(new ByteArraySerializer(Extended), new byte[] { 1, 2 }));
        var none = new NullSerializer(Extended);
        Assert.Null(none.FromBinary(none.ToBinary(null!), typeof(object)));
        Assert.Equal("text", new NewtonSoftJsonSerializer(Extended).FromBinary<string>("\"text\""u8.ToArray()));
        Assert.Same(Sys, new Knowing(Extended).Of);
    }

    [Fact]
    public void A_setup_names_serializers_and_their_types()
    {
        var words = new WordSerializer(Extended);
        var details = SerializerDetails.Create("words", words, ImmutableHashSet.Create(typeof(IWord)));
        Assert.Equal("words", details.Alias);
        Assert.Same(words, details.Serializer);
        Assert.Equal([typeof(IWord)], details.UseFor);
        var setup = SerializationSetup.Create(_ => ImmutableHashSet.Create(details));
        Assert.Same(details, Assert.Single(setup.CreateSerializers(Extended)));
    }

    [Fact]
    public void An_identifier_is_looked_up_in_the_configuration()
    {
        var type = typeof(NewtonSoftJsonSerializer);
        Assert.Equal(1, SerializerIdentifierHelper.GetSerializerIdentifierFromConfig(type, Extended));
        Assert.Equal("System.String, System.Private.CoreLib", typeof(string).TypeQualifiedName());
    }

    [Fact]
    public void The_sql_plugins_have_their_defaults()
    {
        Assert.Equal("akka.persistence.journal.sql", SqlPersistence.JournalConfigPath);
        Assert.Equal("akka.persistence.snapshot-store.sql", SqlPersistence.SnapshotStoreConfigPath);
        Assert.True(SqlPersistence.DefaultConfiguration.HasPath("akka.persistence.journal.sql"));
        Assert.Contains("SqlWriteJournal", Class(SqlPersistence.DefaultJournalConfiguration), StringComparison.Ordinal);
        Assert.Contains(
            "SqlSnapshotStore", Class(SqlPersistence.DefaultSnapshotConfiguration), StringComparison.Ordinal);
        var extension = SqlPersistence.Get(Sys);
        Assert.True(extension.DefaultConfig.HasPath("akka.persistence.journal.sql"));
        Assert.Same(extension, new SqlPersistenceProvider().Get(Sys));
    }

    private static string Class(Akka.Configuration.Config config) => config.GetString("class");

    private static object Back(Serializer serializer, object value) =>
        serializer.FromBinary(serializer.ToBinary(value), value.GetType());

    private sealed class Knowing(ExtendedActorSystem system) : Serializer(system)
    {
        public ExtendedActorSystem Of => this.system;

        public override bool IncludeManifest => false;

        public override int Identifier => 4712;

        public override byte[] ToBinary(object obj) => [];

        public override object FromBinary(byte[] bytes, Type type) => "";
    }
}
