using AtlasActors.Models;
using Xunit;

namespace AtlasActors.Tests.Models;

/// <summary>What fits a schema as Atlas publishes them, and what is said of what does not.</summary>
public class ModelSchemaSpecs
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", null)]
    [InlineData("""{"type":"string"}""", "3", "wants text, found the number 3")]
    [InlineData("""{"type":"integer"}""", "5.0", null)]
    [InlineData("""{"type":"integer"}""", "5.5", "wants a whole number, found the number 5.5")]
    [InlineData("""{"type":"number"}""", "\"5\"", "wants a number, found the text '5'")]
    [InlineData("""{"type":"boolean"}""", "\"true\"", "wants true or false, found the text 'true'")]
    [InlineData("""{"type":"array"}""", "{}", "wants a list, found a map")]
    [InlineData("""{"type":["string","null"]}""", "null", null)]
    [InlineData("""{"type":"string","nullable":true}""", "null", null)]
    [InlineData("""{"type":"string"}""", "null", "wants text, found nothing")]
    [InlineData("""{"type":"quaternion"}""", "true", null)]
    [InlineData("""{}""", "[1]", null)]
    public void The_type(string schema, string value, string? message) => AssertFault(schema, value, message);

    [Theory]
    [InlineData("""{"enum":[4,6,8]}""", "8.0", null)]
    [InlineData("""{"enum":[4,6,8]}""", "10", "takes 4, 6 or 8, found 10; did you mean 8?")]
    [InlineData("""{"enum":["720p","1080p"]}""", "\"1080P\"", "takes 720p or 1080p, found '1080P'; did you mean '1080p'?")]
    [InlineData("""{"enum":["16:9"]}""", "\"1:1\"", "takes 16:9, found '1:1'")]
    [InlineData("""{"const":"alpha"}""", "\"beta\"", "takes alpha, found 'beta'")]
    [InlineData("""{"minimum":1,"maximum":4}""", "4", null)]
    [InlineData("""{"minimum":1,"maximum":4}""", "5", "takes 1 to 4, found 5")]
    [InlineData("""{"minimum":-1}""", "-2", "takes at least -1, found -2")]
    [InlineData("""{"maximum":1.5}""", "2", "takes at most 1.5, found 2")]
    [InlineData("""{"minimum":0,"exclusiveMinimum":true}""", "0", "takes more than 0, found 0")]
    [InlineData("""{"exclusiveMaximum":1}""", "1", "takes less than 1, found 1")]
    [InlineData("""{"maxLength":3}""", "\"雨夜茶\"", null)]
    [InlineData("""{"maxLength":3}""", "\"abcd\"", "takes at most 3 characters, found 4")]
    [InlineData("""{"minLength":1}""", "\"\"", "takes at least 1 character, found 0")]
    [InlineData("""{"type":"string","format":"uri"}""", "\"pictures/lake.png\"", null)]
    public void The_values(string schema, string value, string? message) => AssertFault(schema, value, message);

    [Theory]
    [InlineData("""{"type":"array","minItems":1,"maxItems":2}""", "[1,2,3]", "takes at most 2, found 3")]
    [InlineData("""{"type":"array","minItems":1}""", "[]", "takes at least 1, found 0")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "[\"a\",2]", "[2] wants text, found the number 2")]
    [InlineData("""{"type":"object","properties":{"scale":{"maximum":1}}}""", """{"scale":2,"x":1}""",
        ".scale takes at most 1, found 2")]
    [InlineData("""{"type":"object","properties":{"scale":{}},"additionalProperties":false}""", """{"scael":2}""",
        ".scael is not known; did you mean 'scale'?")]
    [InlineData("""{"type":"object","required":["path"]}""", "{}", ".path is missing")]
    [InlineData("""{"type":"array","items":{"properties":{"a":{"type":"integer"}}}}""", """[{"a":1},{"a":"b"}]""",
        "[2].a wants a whole number, found the text 'b'")]
    public void What_is_inside(string schema, string value, string? message) => AssertFault(schema, value, message);

    [Theory]
    [InlineData("""{"$ref":"#/components/schemas/Ratio"}""", "\"9:16\"", "takes 16:9, found '9:16'")]
    [InlineData("""{"allOf":[{"$ref":"#/components/schemas/Ratio"}],"default":"16:9"}""", "\"9:16\"",
        "takes 16:9, found '9:16'")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"null"}]}""", "null", null)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"null"}]}""", "\"x\"",
        "wants a whole number or nothing, found 'x'")]
    [InlineData("""{"oneOf":[{"type":"integer","maximum":3},{"type":"string"}]}""", "4", "takes at most 3, found 4")]
    [InlineData("""{"$ref":"#/components/schemas/Loop"}""", "4", null)]
    [InlineData("""{"$ref":"#/components/schemas/Nowhere"}""", "4", null)]
    [InlineData("""{"$ref":"other.json"}""", "4", null)]
    [InlineData("""{"allOf":[{"$ref":"#/components/schemas/Deep"}]}""", "4", null)]
    public void References_and_ways(string schema, string value, string? message) => AssertFault(schema, value, message);

    [Fact]
    public void What_must_be_there_what_is_not_known_and_what_is_switched_off()
    {
        var schema = ModelSchema.Parse(Document("""
            {"type":"object","required":["model","prompt","image","duration","secret","old"],"properties":{
              "prompt":{"type":"string"},"image":{"type":"string"},"duration":{"type":"integer","default":5},
              "secret":{"type":"string","hidden":true},"old":{"type":"string","disabled":true}}}
            """))!;

        Assert.Equal(
            [
                "Unknown promt: it has no 'promt'; did you mean 'prompt'?",
                "Unknown style: it has no 'style'; it has prompt, image, duration, secret",
                "SwitchedOff old: 'old' is switched off, and may be refused",
                "Missing prompt: 'prompt' is missing",
                "Missing image: 'image' is missing",
                "Defaulted duration: 'duration' is missing, and perhaps taken to be 5",
            ],
            schema.Check("""{"model":"a/b","webhook_url":"https://h","promt":"p","style":"s","old":"x","secret":"s"}""")
                .Select(found => $"{found.Kind} {found.Field}: {found.Message}{(found.Hint is { } hint ? "; " + hint : "")}"));
        Assert.Equal(["prompt", "image", "duration", "secret"], schema.Fields);
    }

    [Fact]
    public void A_schema_that_is_open_takes_any_field() => Assert.Empty(ModelSchema.Parse(Document(
        """{"properties":{"a":{}},"additionalProperties":true}"""))!.Check("""{"model":"m","b":1}"""));

    [Fact]
    public void Properties_may_come_from_parts() => Assert.Equal(["a", "b"], ModelSchema.Parse(Document(
        """{"allOf":[{"properties":{"a":{}}},{"$ref":"#/components/schemas/More"}]}"""))!.Fields);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("<html></html>")]
    [InlineData("""{"components":{"schemas":{}}}""")]
    [InlineData("""{"components":{"schemas":{"Input":{"type":"object"}}}}""")]
    [InlineData("""{"components":{"schemas":{"Input":{"properties":{"\ud800":{}}}}}}""")]
    public void What_is_no_schema_is_none(string document) => Assert.Null(ModelSchema.Parse(document));

    private static void AssertFault(string schema, string value, string? message)
    {
        var input = $$"""{"type":"object","properties":{"x":{{schema}} } }""";
        var found = ModelSchema.Parse(Document(input))!.Check($$"""{"model":"a/b","x":{{value}}}""");

        Assert.Equal(
            message is null ? [] : [$"'x{(message[0] is '.' or '[' ? "" : "' ")}{Quoted(message)}"],
            found.Select(one => one.Message + (one.Hint is { } hint ? "; " + hint : "")));
        Assert.All(found, one => Assert.Equal((MismatchKind.Value, "x", true), (one.Kind, one.Field, one.IsSure)));
    }

    // What is inside is named with the field: 'x[2].a' wants …
    private static string Quoted(string message) =>
        message[0] is '.' or '[' ? message[..message.IndexOf(' ', StringComparison.Ordinal)] + "'"
            + message[message.IndexOf(' ', StringComparison.Ordinal)..] : message;

    private static string Document(string input) => """
        {"openapi":"3.0.0","components":{"schemas":{
          "Ratio":{"type":"string","enum":["16:9"]},"More":{"properties":{"b":{}}},
          "Loop":{"$ref":"#/components/schemas/Loop"},"Deep":{"allOf":[{"$ref":"#/components/schemas/Deep"}]},
          "Input":
        """ + input + "}}}";
}
