using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AtlasActors.Tests.Atlas.Contract;

/// <summary>Answers of any shape: what servers, gateways and broken lines could send, and what nobody would.</summary>
internal static class RandomAnswers
{
    private const int Deepest = 4;

    /// <summary>Every field that the client reads, and some that it does not.</summary>
    private static readonly string[] Names =
    [
        "code", "msg", "message", "error", "error_code", "data", "id", "status", "outputs", "output", "url", "urls", "get",
        "result", "price", "request_id", "prediction_id", "predictionId", "has_nsfw_contents", "download_url", "file_url",
        "filename", "file_name", "type", "content_type", "size", "origin_price", "discount", "estimated",
        "estimated_tokens", "estimate_partial", "currency", "model", "display_console", "categories", "tags", "actual",
        "origin", "base_price", "sku", "text", "schema", "available", "value", "account", "name", "credit_grant",
        "remaining_overdraft", "date", "results", "amount", "partial", "has_more", "next_page", "image_url", "uri", "x",
        "", "\\ud800", "data\\udfff",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "{}", "[]", "\"\"", "\" \"", "0", "-1", "200", "401", "402", "404", "429", "500", "504",
        "1039", "600", "0.75", "1e2", "1e999", "-1e999", "1e-999", "99999999999999999999999999999999", "\"200\"",
        "\"429\"", "\"500.0\"", "\"INVALID_ARGUMENT\"", "\"generation_failed\"", "\"processing\"", "\"completed\"",
        "\"FAILED\"", "\"timeout\"", "\"dreaming\"", "\"https://h/1.png\"", "\"http://[::1\"", "\"https://u:p@h:99999/\"",
        "\"data:image/png;base64,AA==\"", "\"data:,\"", "\"file:///etc/passwd\"", "\"p1\"", "\"..\"", "\"a/../b?c#d\"",
        "\"\\ud800\"", "\"\\u0000\\u001b[31m\\r\\n\"", "\"usd\"", "\"2026-11-20\"", "\"$0.75\"", "\"1039\"",
        $"\"Bearer {Answers.Key}\"", $"\"{Answers.Key}\"", $"\"{new string('n', 5000)}\"", new string('9', 5000),
        "\"Input Prompt violates policy\"", "\"https://h/x?Signature=abc\"",
    ];

    /// <summary>A JSON value with the client's own fields in any place and of any type.</summary>
    public static Gen<string> Json { get; } = Tree(Deepest);

    /// <summary>A body of any shape at all.</summary>
    public static Gen<byte[]> Bodies { get; } = Gen.Frequency(
        (8, Json.Select(Encoding.UTF8.GetBytes)),
        (6, Damaged()),
        (1, Json.Select(json => (byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(json)])),
        (1, Json.Select(Encoding.Unicode.GetBytes)),
        (1, Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()),
        (1, Gen.Constant(Array.Empty<byte>())),
        (1, Gen.Elements("<html>Bad gateway</html>", "<?xml version=\"1.0\"?><Error/>", "upstream connect error", "OK")
            .Select(Encoding.UTF8.GetBytes)),
        (1, Gen.Elements(30, 100, 5000).SelectMany(depth => Gen.Elements("[", "{\"data\":", "{\"error\":[")
            .Select(open => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, depth)))))));

    /// <summary>A status: those that are known, and any other of three digits.</summary>
    public static Gen<int> Statuses { get; } = Gen.OneOf(
        Gen.Elements(
            200, 200, 200, 201, 204, 301, 302, 400, 401, 402, 403, 404, 408, 413, 422, 429, 451, 500, 502, 503, 504),
        Gen.Choose(200, 999));

    /// <summary>Headers with what a reader of headers stumbles over; none of them frames the body.</summary>
    public static Gen<KeyValuePair<string, string>[]> Headers { get; } = (
        from name in Gen.Elements(
            "X-Request-ID", "Retry-After", "Content-Type", "Location", "Content-Encoding", "Content-Language", "ETag",
            "WWW-Authenticate", "Set-Cookie", "Date", "Content-Range", "Last-Modified", "Cache-Control", "Server")
        from value in Gen.Elements(
            "", "7", "-7", "99999999999999", "Sat, 21 Nov 2026 12:00:30 GMT", "Sat, 99 Nov 2026", "application/json",
            "application/json; charset=nonsense", "text/html;;;", "gzip", "br", "/elsewhere", "//evil.example/x", "http://",
            "https://[", "http://xn--/", "data:,", "Negotiate", "Basic realm=x", "\"a", "bytes 0-1/*", "\u00e4\u00ff",
            new string('v', 3000), $"Bearer {Answers.Key}")
        select KeyValuePair.Create(name, value))
        .ArrayOf().Select(pairs => pairs.DistinctBy(pair => pair.Key).ToArray());

    private static Gen<string> Tree(int depth)
    {
        var leaf = Gen.Elements(Values);
        if (depth == 0)
            return leaf;
        var inner = Tree(depth - 1);
        var field = from name in Gen.Elements(Names) from value in inner select $"\"{name}\":{value}";
        return Gen.Frequency(
            (2, leaf),
            (6, UpTo(7, field).Select(fields => $"{{{string.Join(',', fields)}}}")),
            (2, UpTo(3, inner).Select(items => $"[{string.Join(',', items)}]")));
    }

    private static Gen<List<T>> UpTo<T>(int most, Gen<T> items) =>
        Gen.Choose(0, most).SelectMany(count => items.ListOf(count)).Select(list => list.ToList());

    private static Gen<byte[]> Damaged() =>
        from json in Json
        from at in Gen.Choose(0, int.MaxValue)
        from kind in Gen.Choose(0, 2)
        from value in Gen.Choose(0, 255)
        select Damage(Encoding.UTF8.GetBytes(json), at, kind, (byte)value);

    private static byte[] Damage(byte[] bytes, int at, int kind, byte value)
    {
        at %= bytes.Length;
        return kind switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            _ => [.. bytes[..at], .. bytes[(at / 2)..]],
        };
    }
}
