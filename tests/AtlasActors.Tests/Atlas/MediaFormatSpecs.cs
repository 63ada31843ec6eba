using System.Text;
using AtlasActors.Atlas;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class MediaFormatSpecs
{
    [Theory]
    [InlineData(".png", "\u0089PNG\r\n\u001a\n....")]
    [InlineData(".jpg", "\u00ff\u00d8\u00ff\u00e0....")]
    [InlineData(".gif", "GIF89a....")]
    [InlineData(".gif", "GIF87a....")]
    [InlineData(".webp", "RIFF....WEBPVP8 ")]
    [InlineData(".bmp", "BM....\0\0\0\0....")]
    [InlineData(".avif", "\0\0\0\u001cftypavif....")]
    [InlineData(".mp4", "\0\0\0\u0020ftypisom....")]
    [InlineData(".mp4", "\0\0\0\u0020ftypmp42....")]
    [InlineData(".mov", "\0\0\0\u0014ftypqt  ....")]
    [InlineData(".webm", "\u001a\u0045\u00df\u00a3....\u0042\u0082\u0084webm....")]
    [InlineData(".mp3", "ID3\u0004....")]
    [InlineData(".mp3", "\u00ff\u00fb\u0090....")]
    [InlineData(".wav", "RIFF....WAVEfmt ")]
    [InlineData(".ogg", "OggS....")]
    [InlineData(".glb", "glTF\u0002\0\0\0")]
    [InlineData(".pdf", "%PDF-1.7")]
    [InlineData(".svg", "<svg xmlns=''>")]
    [InlineData(".svg", "\u00ef\u00bb\u00bf\n<?xml version='1.0'?><!-- --><svg>")]
    [InlineData(".zip", "PK\u0003\u0004....")]
    [InlineData(".usdz", "PK\u0003\u0004......................\u000a\0..scene.usdc..")]
    [InlineData(".zip", "PK\u0003\u0004......................\u0009\0..model.obj..")]
    [InlineData(".flac", "fLaC\0\0\0\"")]
    [InlineData(".aac", "\u00ff\u00f1P....")]
    [InlineData(".m4a", "\0\0\0\u0020ftypM4A ....")]
    [InlineData(".mkv", "\u001a\u0045\u00df\u00a3....\u0042\u0082\u0088matroska")]
    [InlineData(".tiff", "II*\0....")]
    [InlineData(".ply", "ply\nformat ascii 1.0")]
    [InlineData(".stl", "solid cube\n  facet normal 0 0 1")]
    [InlineData(null, "solid as a rock")]
    [InlineData(".obj", "# made by hand\nmtllib a.mtl\nv 0 0 1")]
    [InlineData(".obj", "v 0.1 0.2 0.3\nv 1 1 1")]
    [InlineData(null, "# a heading\nvertices")]
    [InlineData(".fbx", "Kaydara FBX Binary  \0")]
    [InlineData(null, "")]
    [InlineData(null, "BMW")]
    [InlineData(null, "RIFF")]
    [InlineData(null, "RIFF....ABCD")]
    [InlineData(null, "some nonsense that a test server sends")]
    public void The_first_bytes_tell_the_kind(string? extension, string head) =>
        Assert.Equal(extension, MediaMagic.Of(Encoding.Latin1.GetBytes(head)));

    [Theory]
    [InlineData("GIF89a", "image/png", "https://h/x.webp", ".gif")]
    [InlineData("nonsense", "image/jpeg", "https://h/x.webp", ".jpg")]
    [InlineData("nonsense", "VIDEO/WEBM", "https://h/x.mp4", ".webm")]
    [InlineData("nonsense", "application/octet-stream", "https://h/x.webp?Signature=a.gif", ".webp")]
    [InlineData("nonsense", null, "https://h/a.b/x.JPEG", ".jpg")]
    [InlineData("nonsense", null, "https://h/x.php", ".png")]
    [InlineData("nonsense", null, "https://host.zip", ".png")]
    [InlineData("nonsense", null, "data:text/plain,x.gif", ".png")]
    public void What_was_received_counts_more_than_what_it_was_called(
        string head, string? contentType, string url, string extension) =>
        Assert.Equal(extension,
            MediaFormat.Extension(Encoding.Latin1.GetBytes(head), contentType, url, MediaKind.Image));

    [Theory]
    [InlineData(MediaKind.Image, ".png")]
    [InlineData(MediaKind.Video, ".mp4")]
    [InlineData(MediaKind.Audio, ".mp3")]
    [InlineData(MediaKind.ThreeD, ".glb")]
    public void Where_nothing_tells_the_order_does(MediaKind kind, string extension) =>
        Assert.Equal(extension, MediaFormat.Extension("nonsense"u8, null, "https://h/x", kind));

    [Theory]
    [InlineData("PK\u0003\u0004....", "application/zip", "https://h/scene.usdz", ".usdz")]
    [InlineData("PK\u0003\u0004....", "application/zip", "https://h/scene.zip", ".zip")]
    [InlineData("80 bytes of anything", "application/octet-stream", "https://h/a.stl", ".stl")]
    [InlineData("80 bytes of anything", "model/stl", "https://h/a", ".stl")]
    [InlineData("newmtl skin", "text/plain", "https://h/a.mtl", ".mtl")]
    [InlineData("1", "text/plain", "https://h/a.srt", ".srt")]
    [InlineData("hello", "text/plain", "https://h/a", ".txt")]
    [InlineData("ID3 is a tag", "text/plain", "data:text/plain;base64,AA", ".txt")]
    [InlineData("{}", "application/json", "data:application/json,{}", ".json")]
    public void Models_and_texts_are_called_what_they_are(
        string head, string contentType, string url, string extension) =>
        Assert.Equal(extension,
            MediaFormat.Extension(Encoding.Latin1.GetBytes(head), contentType, url, MediaKind.ThreeD));

    [Theory]
    [InlineData("image/png", "nonsense")]
    [InlineData("video/mp4", "{\"half\":")]
    [InlineData("image/png", "{\"a\":1}")]
    [InlineData("application/octet-stream", "nonsense")]
    [InlineData("application/octet-stream", "{nonsense}")]
    [InlineData("text/plain", "nonsense")]
    [InlineData("binary/octet-stream", "\0\0\0\0")]
    [InlineData(null, "nonsense")]
    [InlineData("image/svg+xml", "<?xml version='1.0'?>  <x:svg/>")]
    [InlineData("text/html", "GIF89a")]
    public void Bytes_that_no_rule_knows_are_taken_for_media(string? contentType, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        Assert.Null(Markup.InsteadOfMedia(contentType, bytes, bytes.Length));
    }
}
