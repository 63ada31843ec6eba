using Akka.Configuration;
using Akka.Configuration.Hocon;
using Xunit;

namespace Akka.Embedded.Tests.Configuration;

/// <summary>Each way of reading a value, and of making a configuration.</summary>
public sealed class ConfigContractSpecs
{
    private static readonly Config Sample = ConfigurationFactory.ParseString("""
        number = 7
        big = 12345678901
        part = 1.5
        flag = on
        time = 5s
        size = 2KiB
        text = "some text"
        numbers = [1, 2]
        parts = [1.5, 2.5]
        flags = [on, off]
        words = [a, b]
        group { inner = 1 }
        """);

    [Fact]
    public void A_value_is_read_as_what_is_asked_for()
    {
        Assert.Equal(7, Sample.GetInt("number"));
        Assert.Equal(12345678901, Sample.GetLong("big"));
        Assert.Equal(1.5m, Sample.GetDecimal("part"));
        Assert.Equal(1.5f, Sample.GetFloat("part"));
        Assert.Equal(1.5, Sample.GetDouble("part"));
        Assert.True(Sample.GetBoolean("flag"));
        Assert.Equal(2048, Sample.GetByteSize("size", null));
        Assert.Equal([1, 2], Sample.GetIntList("numbers"));
        Assert.Equal([1L, 2L], Sample.GetLongList("numbers"));
        Assert.Equal([1.5, 2.5], Sample.GetDoubleList("parts"));
        Assert.Equal([1.5m, 2.5m], Sample.GetDecimalList("parts"));
        Assert.Equal([true, false], Sample.GetBooleanList("flags"));
        Assert.Equal(["a", "b"], Sample.GetStringList("words"));
    }

    [Fact]
    public void A_value_can_be_taken_out_first_and_read_afterwards()
    {
        Assert.Equal(7, Sample.GetValue("number").GetInt());
        Assert.Equal(12345678901, Sample.GetValue("big").GetLong());
        Assert.Equal(1.5m, Sample.GetValue("part").GetDecimal());
        Assert.Equal(1.5f, Sample.GetValue("part").GetFloat());
        Assert.Equal(1.5, Sample.GetValue("part").GetDouble());
        Assert.True(Sample.GetValue("flag").GetBoolean());
        Assert.Equal(TimeSpan.FromSeconds(5), Sample.GetValue("time").GetTimeSpan());
        Assert.Equal(2048, Sample.GetValue("size").GetByteSize());
        Assert.Equal("some text", Sample.GetValue("text").GetString());
        Assert.Equal([1, 2], Sample.GetValue("numbers").GetIntList());
        Assert.Equal([1L, 2L], Sample.GetValue("numbers").GetLongList());
        Assert.Equal([1.5, 2.5], Sample.GetValue("parts").GetDoubleList());
        Assert.Equal([1.5m, 2.5m], Sample.GetValue("parts").GetDecimalList());
        Assert.Equal([true, false], Sample.GetValue("flags").GetBooleanList());
        Assert.Equal(["a", "b"], Sample.GetValue("words").GetStringList());
        Assert.Equal("b", Sample.GetValue("words").GetArray()[1].GetString());
    }

    [Fact]
    public void A_value_knows_what_it_is()
    {
        Assert.True(Sample.GetValue("text").IsString());
        Assert.True(Sample.GetValue("numbers").IsArray());
        Assert.True(Sample.GetValue("group").IsObject());
        Assert.False(Sample.GetValue("group").IsString() || Sample.GetValue("group").IsArray());
        Assert.True(new HoconValue().IsEmpty && !Sample.Root.IsEmpty);
        Assert.Contains("some text", Sample.GetValue("text").ToString(), StringComparison.Ordinal);
        Assert.Contains("inner", Sample.GetValue("group").ToString(1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_can_be_made_a_configuration()
    {
        Assert.Equal(1, Sample.GetValue("group").ToConfig().GetInt("inner"));
        Assert.Equal(1, Sample.GetValue("group").AtKey("at").GetInt("at.inner"));
        var root = new HoconRoot(Sample.GetValue("group"));
        Assert.Same(Sample.GetValue("group"), root.Value);
        Assert.Equal(1, new Config(root).GetInt("inner"));
    }

    [Fact]
    public void An_object_has_its_values_by_their_keys()
    {
        var group = Sample.GetValue("group").GetObject();
        Assert.Equal(1, group.GetKey("inner").GetInt());
        Assert.Equal(["inner"], group.Items.Keys);
        Assert.Contains("inner", group.ToString(1), StringComparison.Ordinal);
        var element = Assert.IsAssignableFrom<IHoconElement>(group);
        Assert.False(element.IsString() || element.IsArray());
    }

    [Fact]
    public void A_substitution_names_its_path_and_has_what_stands_there()
    {
        var config = ConfigurationFactory.ParseString("a = 1\nb = ${a}");
        var substitution = Assert.Single(config.Substitutions);
        Assert.Equal("a", substitution.Path);
        Assert.Equal(1, substitution.ResolvedValue!.GetInt());
        Assert.Equal("1", substitution.GetString());
        Assert.Single(new HoconRoot(config.Root, config.Substitutions).Substitutions);
        Assert.Equal("c", new HoconSubstitution("c").Path);
    }

    [Fact]
    public void A_configuration_can_be_put_before_another()
    {
        Config first = "a = 1";
        Config second = "a = 2, b = 3";
        Assert.Equal((1, 3), AAndB(first + "a = 2, b = 3"));
        Assert.Equal((1, 3), AAndB("a = 1" + second));
        Assert.Equal((1, 3), AAndB(first.SafeWithFallback(second)));
        Assert.Equal((2, 3), AAndB(Config.Empty.SafeWithFallback(second)));
        Assert.Equal(3, first.WithFallback(second).Fallback!.GetInt("b"));
    }

    [Fact]
    public void A_configuration_is_printed_with_and_without_what_it_falls_back_to()
    {
        var config = ((Config)"a = 1").WithFallback("b = 3");
        Assert.DoesNotContain("3", config.ToString(false), StringComparison.Ordinal);
        Assert.Contains("3", config.ToString(true), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_null_or_empty()
    {
        Assert.True(((Config?)null).IsNullOrEmpty());
        Assert.True(Config.Empty.IsNullOrEmpty());
        Assert.True(new Config().IsNullOrEmpty());
        Assert.False(Sample.IsNullOrEmpty());
    }

    [Fact]
    public void A_configuration_can_be_a_resource()
    {
        var assembly = typeof(ConfigContractSpecs).Assembly;
        const string Name = "Akka.Embedded.Tests.Configuration.sample.conf";
        Assert.Equal("resource", ConfigurationFactory.FromResource(Name, assembly).GetString("from"));
        Assert.Equal("resource", ConfigurationFactory.FromResource(Name, this).GetString("from"));
        Assert.Equal("resource", ConfigurationFactory.FromResource<ConfigContractSpecs>(Name).GetString("from"));
    }

    [Fact]
    public void A_configuration_can_be_made_of_an_object()
    {
        var config = ConfigurationFactory.FromObject(new { number = 7, group = new { text = "a" } });
        Assert.Equal((7, "a"), (config.GetInt("number"), config.GetString("group.text")));
    }

    private static (int A, int B) AAndB(Config config) => (config.GetInt("a"), config.GetInt("b"));
}
