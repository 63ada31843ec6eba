namespace AtlasActors.Atlas;

/// <summary>The sentence for 401 and 403, which differ in what can be done.</summary>
internal static class KeyRefusal
{
    /// <summary>What was refused, and where to look.</summary>
    public static string Sentence(HttpAnswer answer, AnswerBody? body, string cause) =>
        AnswerVerdict.Code(answer, body) == 401
            ? $"Atlas Cloud refused the API key ({cause}). Check ATLASCLOUD_API_KEY."
        : body is null
            ? $"A firewall in front of Atlas Cloud refused the request ({cause}). Check the network and any proxy."
        : $"Atlas Cloud does not permit this to the API key ({cause}). Check the account's rights and spending limit.";
}
