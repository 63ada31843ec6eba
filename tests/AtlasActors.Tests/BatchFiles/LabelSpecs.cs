using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class LabelSpecs
{
    [Fact]
    public void A_file_that_says_nothing_has_no_labels_and_is_served_as_most_are()
    {
        var batch = Faults.None(Faults.Job("image"));
        Assert.Empty(batch.Labels);
        Assert.Equal(BatchPriority.Normal, batch.Priority);
    }

    [Fact]
    public void Labels_are_texts_and_numbers_and_booleans_are_taken_as_they_are_written()
    {
        var batch = Faults.None("labels: {team: films, week: 047, urgent: true, a.b_c-d: 'x y'}\n" + Faults.Job("image"));
        Assert.Equal(
            ["a.b_c-d=x y", "team=films", "urgent=true", "week=047"],
            batch.Labels.Select(label => $"{label.Key}={label.Value}"));
    }

    [Theory]
    [InlineData("high", BatchPriority.High)]
    [InlineData("normal", BatchPriority.Normal)]
    [InlineData("low", BatchPriority.Low)]
    public void Priority_is_a_word(string word, BatchPriority priority) =>
        Assert.Equal(priority, Faults.None($"priority: {word}\n" + Faults.Job("image")).Priority);

    [Fact]
    public void A_budget_is_an_amount_of_dollars()
    {
        Assert.Equal("2.5000", Faults.None("budget: 2.50\n" + Faults.Job("image")).Budget.ToString());
        Assert.Null(Faults.None(Faults.Job("image")).Budget);
    }

    [Theory]
    [InlineData("budget: much", "a.yaml:1:9: budget: wants a number from 0 to 10000000, found the text 'much'")]
    [InlineData("budget: -1", "a.yaml:1:9: budget: wants a number from 0 to 10000000, found the number -1")]
    [InlineData("labels: films", "a.yaml:1:9: labels: wants a map of names and short texts, such as team: films, found the text 'films'")]
    [InlineData("labels: {team: }", "a.yaml:1:16: labels.team: 'team' is empty")]
    [InlineData("labels: {team: [a]}", "a.yaml:1:16: labels.team: wants text, found a list")]
    [InlineData("labels: {My Team: a}", "a.yaml:1:10: labels[\"My Team\"]: 'My Team' is no name for a label: a small letter from a to z, then at most 62 of these, digits, '_', '.' and '-'; did you mean 'my-team'?")]
    [InlineData("lables: {team: a}", "a.yaml:1:1: lables: unknown key 'lables'; did you mean 'labels'?")]
    [InlineData("priority: hihg", "a.yaml:1:11: priority: wants 'high' or 'normal' or 'low', found the text 'hihg'; did you mean 'high'?")]
    [InlineData("priority: 1", "a.yaml:1:11: priority: wants 'high' or 'normal' or 'low', found the number 1")]
    public void What_is_wrong_with_them_is_told_with_its_place(string line, string fault) =>
        Assert.Equal([fault], Faults.Of(line + "\n" + Faults.Job("image")));

    [Fact]
    public void Names_texts_and_number_of_labels_have_their_limits()
    {
        var most = Enumerable.Range(1, 20).Select(number => $"l{number}: {new string('x', 200)}").Append("");
        Faults.None("labels:\n  " + string.Join("\n  ", most).TrimEnd() + "\n" + Faults.Job("image"));

        var fault = Assert.Single(Faults.Of("labels:\n  " + string.Join("\n  ", most) + "more: a\n" + Faults.Job("image")));
        Assert.EndsWith("labels: has 21 labels; there may be 20", fault, StringComparison.Ordinal);
        fault = Assert.Single(Faults.Of($"labels: {{a: {new string('x', 201)}}}\n" + Faults.Job("image")));
        Assert.EndsWith("labels.a: is longer than 200 characters", fault, StringComparison.Ordinal);
        Assert.True(LabelSection.IsName(new string('a', 63)));
        Assert.False(LabelSection.IsName(new string('a', 64)));
    }

    [Fact]
    public void They_are_no_part_of_what_a_batch_asks_for()
    {
        var plain = Faults.None(Faults.Job("image"));
        var labelled = Faults.None("labels: {team: films}\npriority: high\n" + Faults.Job("image"));
        Assert.Equal(BatchFingerprint.Of(plain), BatchFingerprint.Of(labelled));
    }
}
