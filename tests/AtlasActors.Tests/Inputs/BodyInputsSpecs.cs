using AtlasActors.Inputs;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Tests.Inputs;

public class BodyInputsSpecs
{
    [Theory]
    [InlineData("""{"prompt":"a.png","image":"a.png","n":1.50,"s":"ü🌙<&'"}""", "image", null, """{"prompt":"a.png","image":"https://x/1?a=b&c","n":1.50,"s":"ü🌙<&'"}""")]
    [InlineData("""{"images":["https://z","a.png"],"x":null}""", "images", 1, """{"images":["https://z","https://x/1?a=b&c"],"x":null}""")]
    public void Only_the_place_of_the_input_is_another(string body, string field, int? index, string filled) =>
        Assert.Equal(filled, BodyInputs.Fill(body, [new JobInput(field, index) { File = "/a.png" }], ["https://x/1?a=b&c"]));

    [Theory]
    [InlineData("""{"deep":{"images":["no"]},"images":[{"images":["no",["no"]]},"a.png",1,"b.png"]}""",
        """{"deep":{"images":["no"]},"images":[{"images":["no",["no"]]},"https://x/1",1,"https://x/3"]}""")]
    public void Places_are_counted_in_the_list_itself(string body, string filled) => Assert.Equal(filled, BodyInputs.Fill(
        body, [new JobInput("images", 3) { File = "/b" }, new JobInput("images", 1) { File = "/a" }], ["https://x/3", "https://x/1"]));

    [Fact]
    public void A_body_without_inputs_stays_byte_for_byte() =>
        Assert.Equal("""{ "a" : 1.0 }""", BodyInputs.Fill("""{ "a" : 1.0 }""", [], []));

    [Theory]
    [InlineData("""{"a":"b"}""", "image", null)]
    [InlineData("""{"image":["b"]}""", "image", null)]
    [InlineData("""{"images":["b"]}""", "images", 1)]
    [InlineData("""[]""", "image", null)]
    public void A_body_that_has_no_such_place_is_never_sent(string body, string field, int? index) =>
        Assert.Throws<InvalidOperationException>(() => BodyInputs.Fill(body, [new JobInput(field, index) { File = "/a.png" }], ["https://x"]));
}
