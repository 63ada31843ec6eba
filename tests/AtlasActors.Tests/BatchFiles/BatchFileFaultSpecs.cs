using AtlasActors.BatchFiles;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class BatchFileFaultSpecs
{
    [Theory]
    [InlineData("output_dir: ''", "a.yaml:1:13: output_dir: 'output_dir' is empty")]
    [InlineData("output_dir: [x]", "a.yaml:1:13: output_dir: wants text, found a list")]
    [InlineData("max_workers: 0", "a.yaml:1:14: max_workers: wants a whole number from 1 to 100000, found the number 0")]
    [InlineData("max_workers: 100001",
        "a.yaml:1:14: max_workers: wants a whole number from 1 to 100000, found the number 100001")]
    [InlineData("max_workers: 2.5",
        "a.yaml:1:14: max_workers: wants a whole number from 1 to 100000, found the number 2.5")]
    [InlineData("max_workers: many",
        "a.yaml:1:14: max_workers: wants a whole number from 1 to 100000, found the text 'many'")]
    [InlineData("max_workers: true", "a.yaml:1:14: max_workers: wants a whole number from 1 to 100000, found true")]
    [InlineData("max_workers: ~", "a.yaml:1:14: max_workers: wants a whole number from 1 to 100000, found nothing")]
    [InlineData("max_worker: 3", "a.yaml:1:1: max_worker: unknown key 'max_worker'; did you mean 'max_workers'?")]
    [InlineData("maxWorkers: 3", "a.yaml:1:1: maxWorkers: unknown key 'maxWorkers'; did you mean 'max_workers'?")]
    [InlineData("colour: red", "a.yaml:1:1: colour: unknown key 'colour'")]
    [InlineData("prompt: x", "a.yaml:1:1: prompt: unknown key 'prompt'; it belongs in a job")]
    [InlineData("prices: 3", "a.yaml:1:9: prices: wants a map of models and their prices, found the number 3")]
    [InlineData("prices: {m: cheap}", "a.yaml:1:13: prices.m: wants a number from 0 to 10000, found the text 'cheap'")]
    [InlineData("prices: {m: -1}", "a.yaml:1:13: prices.m: wants a number from 0 to 10000, found the number -1")]
    [InlineData("prices: {m: '1'}",
        "a.yaml:1:13: prices.m: wants a number from 0 to 10000, found the text '1'; leave the quotes away")]
    [InlineData("prices: {m: {}}", "a.yaml:1:13: prices.m: wants one of per_image, per_second, per_job")]
    [InlineData("prices: {m: {per_sec: 1}}", "a.yaml:1:14: prices.m.per_sec: unknown key 'per_sec'")]
    [InlineData("prices: {m/n: {per_jobs: 1}}",
        "a.yaml:1:16: prices[\"m/n\"].per_jobs: unknown key 'per_jobs'; did you mean 'per_job'?")]
    [InlineData("prices: {a/b: {per_second: 1}}",
        "a.yaml:1:16: prices[\"a/b\"].per_second: a job makes an image with this model; "
            + "write 'per_image' or 'per_job'")]
    public void At_the_top(string line, string fault) => Assert.Equal([fault], Faults.Of(Faults.Top(line)));

    [Theory]
    [InlineData("image", "width: 0", "wants a whole number from 1 to 16384, found the number 0")]
    [InlineData("image", "width: 16385", "wants a whole number from 1 to 16384, found the number 16385")]
    [InlineData("image", "height: '512'",
        "wants a whole number from 1 to 16384, found the text '512'; leave the quotes away")]
    [InlineData("image", "height: 99999999999999999999",
        "wants a whole number from 1 to 16384, found the number 99999999999999999999")]
    [InlineData("video", "resolution: {}", "wants text, found a map")]
    [InlineData("video", "resolution: ''", "'resolution' is empty")]
    [InlineData("video", "duration: 0", "wants a duration of more than nothing and at most 1h, found the number 0")]
    [InlineData("video", "duration: -5",
        "wants a duration, found the number -5; write 250ms, 5s, 2m, 1.5h, or a number of seconds")]
    [InlineData("video", "duration: soon",
        "wants a duration, found the text 'soon'; write 250ms, 5s, 2m, 1.5h, or a number of seconds")]
    [InlineData("video", "duration: 2h", "wants a duration of more than nothing and at most 1h, found the text '2h'")]
    [InlineData("image", "retries: 21", "wants a whole number from 0 to 20, found the number 21")]
    [InlineData("image", "retries: -1", "wants a whole number from 0 to 20, found the number -1")]
    [InlineData("image", "max_wait: 0s", "wants a duration of more than nothing and at most 336h, found the text '0s'")]
    [InlineData("image", "max_wait: 5 days",
        "wants a duration, found the text '5 days'; write 250ms, 5s, 2m, 1.5h, or a number of seconds")]
    [InlineData("image", "poll: 5s", "wants a map of strategy, initial, multiplier, max, price; found the text '5s'")]
    [InlineData("image", "retry: 3",
        "wants a map of base_delay; found the number 3; how many further attempts there may be is said by 'retries'")]
    [InlineData("image", "on_unknown_submit: maybe", "wants 'hold' or 'resubmit', found the text 'maybe'")]
    [InlineData("image", "on_unknown_submit: resumbit",
        "wants 'hold' or 'resubmit', found the text 'resumbit'; did you mean 'resubmit'?")]
    [InlineData("image", "seed: -2", "wants a whole number from -1 to 2147483647, found the number -2")]
    [InlineData("image", "images: here", "wants a list of texts, found the text 'here'")]
    [InlineData("image", "images: []", "'images' is empty")]
    [InlineData("image", "image: cat.png",
        "wants a file or an address (https://…, data:… or asset://…): 'cat.png' is no address, and a batch that is no file "
            + "on disk can name no files")]
    [InlineData("video", "audio: loud",
        "wants true, false, a file or an address (https://…, data:… or asset://…): 'loud' is no address, and a batch that "
            + "is no file on disk can name no files")]
    [InlineData("image", "params: [1]", "wants a map of what else is sent, found a list")]
    public void In_a_jobs_value(string type, string line, string message)
    {
        var key = line[..line.IndexOf(':', StringComparison.Ordinal)];

        Assert.Equal([$"a.yaml:6:{7 + key.Length}: jobs[1].{key}: {message}"], Faults.Of(Faults.Job(type, line)));
    }

    [Theory]
    [InlineData("image", "duration: 5", "'duration' is for videos, and this is an image")]
    [InlineData("image", "resolution: 720p",
        "'resolution' is for videos, and this is an image; an image has 'width' and 'height'")]
    [InlineData("video", "width: 5", "'width' is for images, and this is a video; a video has 'resolution'")]
    [InlineData("video", "height: x", "'height' is for images, and this is a video; a video has 'resolution'")]
    [InlineData("image", "widht: 5", "unknown key 'widht'; did you mean 'width'?")]
    [InlineData("image", "steps: 5", "unknown key 'steps'; what only this model takes goes under 'params'")]
    [InlineData("image", "max_workers: 5", "unknown key 'max_workers'; it belongs at the top of the file")]
    [InlineData("image", "neg_prompt: fog", "unknown key 'neg_prompt'; what only this model takes goes under 'params'")]
    [InlineData("image", "models: x.yaml", "unknown key 'models'; it belongs at the top of the file")]
    [InlineData("image", "name: again", "'name' is given twice, first in line 2")]
    public void In_a_jobs_key(string type, string line, string message)
    {
        var key = line[..line.IndexOf(':', StringComparison.Ordinal)];

        Assert.Equal([$"a.yaml:6:5: jobs[1].{key}: {message}"], Faults.Of(Faults.Job(type, line)));
    }

    [Theory]
    [InlineData("poll: {initial: 0}",
        "6:21: jobs[1].poll.initial: wants a duration of more than nothing and at most 336h, found the number 0")]
    [InlineData("poll: {multiplier: 0.5}",
        "6:24: jobs[1].poll.multiplier: wants a number from 1 to 10, found the number 0.5")]
    [InlineData("poll: {multiplier: 11}",
        "6:24: jobs[1].poll.multiplier: wants a number from 1 to 10, found the number 11")]
    [InlineData("poll: {max: []}",
        "6:17: jobs[1].poll.max: wants a duration, found a list; write 250ms, 5s, 2m, 1.5h, or a number of seconds")]
    [InlineData("poll: {inital: 5s}", "6:12: jobs[1].poll.inital: unknown key 'inital'; did you mean 'initial'?")]
    [InlineData("poll: {initial: 9s, max: 8s}", "6:21: jobs[1].poll.initial: the first wait is longer than 'max'")]
    [InlineData("retry: {delay: 1}", "6:13: jobs[1].retry.delay: unknown key 'delay'")]
    [InlineData("params: {prompt: q}",
        "6:14: jobs[1].params.prompt: 'prompt' is a field of the job itself; write it beside 'params', not in it")]
    [InlineData("params: {width: 5}",
        "6:14: jobs[1].params.width: 'width' is a field of the job itself; write it beside 'params', not in it")]
    [InlineData("params: {a: [1, {b: .inf}]}",
        "6:25: jobs[1].params.a[2].b: JSON has no number '.inf'; text needs quotes")]
    public void Deeper_in_a_job(string line, string fault) =>
        Assert.Equal(["a.yaml:" + fault], Faults.Of(Faults.Job("image", line)));

    [Theory]
    [InlineData("name", "")]
    [InlineData("type", "; write 'type: image', 'type: video', 'type: audio' or 'type: 3d'")]
    [InlineData("model", "")]
    [InlineData("prompt", "")]
    public void A_key_that_a_job_must_have_is_missing_empty_or_of_the_wrong_kind(string key, string hint)
    {
        var lines = Faults.Job("image").Split('\n');
        var at = Array.FindIndex(lines, line => line.Contains(key + ":", StringComparison.Ordinal));
        var indent = lines[at][..lines[at].IndexOf(key, StringComparison.Ordinal)];
        string With(string line) => string.Join('\n', [.. lines[..at], indent + line, .. lines[(at + 1)..]]);
        string Only(string line) => Assert.Single(Faults.Of(With(line))).Split(": ", 2)[1];

        Assert.Equal([$"a.yaml:2:5: jobs[1].{key}: '{key}' is missing{hint}"], Faults.Of(With("retries: 1")));
        Assert.Equal($"jobs[1].{key}: '{key}' is empty", Only(key + ":"));
        Assert.Equal($"jobs[1].{key}: '{key}' is empty", Only(key + ": '  '"));
        Assert.Equal($"jobs[1].{key}: wants text, found a map", Only(key + ": {}"));
    }

    [Fact]
    public void A_misspelt_key_is_one_fault_not_two() =>
        Assert.Equal(
            ["a.yaml:1:1: job: unknown key 'job'; did you mean 'jobs'?"],
            Faults.Of("job:\n  - {name: a, type: image, model: m, prompt: p}"));

    [Fact]
    public void A_job_without_a_type_is_not_blamed_for_what_only_one_type_has() =>
        Assert.Equal(
            ["a.yaml:1:8: jobs[1].type: 'type' is missing; write 'type: image', 'type: video', 'type: audio' or 'type: 3d'"],
            Faults.Of("jobs: [{name: a, model: m, prompt: p, width: 5, duration: 5}]"));

    [Theory]
    [InlineData("jobs: []", "a.yaml:1:7: jobs: there are no jobs")]
    [InlineData("jobs:", "a.yaml:1:6: jobs: wants a list of jobs, found nothing; begin each job with '- name: …'")]
    [InlineData("jobs: {}", "a.yaml:1:7: jobs: wants a list of jobs, found a map; begin each job with '- name: …'")]
    [InlineData("jobs: [one]",
        "a.yaml:1:8: jobs[1]: wants a map with name, type, model and prompt; found the text 'one'")]
    [InlineData("jobs: [{type: hologram}]",
        "a.yaml:1:7: jobs: every job is of an unknown type, so none is left; the types are 'image', 'video', 'audio' and '3d'")]
    [InlineData("max_workers: 2", "a.yaml:1:1: jobs: 'jobs' is missing; a batch file has a list of jobs")]
    [InlineData("- name: a",
        "a.yaml:1:1: a batch file is a map with 'jobs', found a list; write 'jobs:' above the list")]
    [InlineData("hello", "a.yaml:1:1: a batch file is a map with 'jobs', found the text 'hello'")]
    [InlineData("", "a.yaml:1:1: the file is empty; a batch file begins with 'jobs:'")]
    [InlineData(" \n\n", "a.yaml:1:1: the file is empty; a batch file begins with 'jobs:'")]
    [InlineData("# nothing yet", "a.yaml:1:1: the file holds nothing; a batch file begins with 'jobs:'")]
    [InlineData("jobs:\n  \0", "a.yaml:2:3: this is not a text file")]
    public void A_file_without_jobs(string text, string fault) => Assert.Equal([fault], Faults.Of(text));

    [Fact]
    public void A_name_may_have_300_characters_of_any_script_and_one_line()
    {
        var longest = string.Concat(Enumerable.Repeat("🌙", 300));
        Assert.Empty(Faults.Of($"jobs: [{{name: {longest}, type: image, model: m, prompt: p}}]"));
        Assert.Equal(
            ["a.yaml:1:15: jobs[1].name: is longer than 300 characters"],
            Faults.Of($"jobs: [{{name: {new string('語', 301)}, type: image, model: m, prompt: p}}]"));
        Assert.Equal(
            ["a.yaml:1:15: jobs[1].name: 'name' must be one line"],
            Faults.Of("jobs: [{name: \"a\\nb\", type: image, model: m, prompt: p}]"));
        Assert.Equal(
            ["a.yaml:2:11: jobs[1].name: 'name' must be one line; write '>-' or '|-' instead of '>' or '|'"],
            Faults.Of("jobs:\n  - name: |\n      a\n    type: image\n    model: m\n    prompt: p"));
    }

    [Fact]
    public void A_price_by_the_image_for_a_video_is_found_beside_other_faults() =>
        Assert.Equal(
            [
                "a.yaml:1:16: prices[\"a/b\"].per_image: a job makes a video with this model; "
                    + "write 'per_second' or 'per_job'",
                "a.yaml:2:64: jobs[1].duration: wants a duration, found the text 'x'; " + DurationText.Forms,
            ],
            Faults.Of("""
                prices: {a/b: {per_image: 1}}
                jobs: [{name: n, type: video, model: a/b, prompt: p, duration: x}]
                """));

    [Fact]
    public void Long_values_are_cut_short_in_messages() =>
        Assert.Equal(
            $"a.yaml:1:14: max_workers: wants a whole number from 1 to 100000, found the text '{new string('x', 40)}…'",
            Assert.Single(Faults.Of(Faults.Top("max_workers: " + new string('x', 5000)))));

    [Fact]
    public void Ten_mistakes_are_ten_faults_each_with_its_line()
    {
        var faults = BatchFileReader.Read("""
            max_worker: 3
            prices:
              google/veo3.1/text-to-video: cheap
            jobs:
              - name: one
                type: image
                modle: black-forest-labs/flux-2-pro/text-to-image
                prompt: a
              - type: video
                model: google/veo3.1/text-to-video
                prompt: b
                duration: five
                width: 100
              - name: three
                type: image
                model: x/y
                prompt:
                height: "1024"
              - name: four
                name: four again
                type: image
                model: x/y
                prompt: p
                poll: {initial: 5s, multiplier: 0}
            """, "ten.yaml").Faults;

        Assert.Equal(
            [
                (1, "max_worker"), (3, "prices[\"google/veo3.1/text-to-video\"]"), (7, "jobs[1].modle"),
                (9, "jobs[2].name"), (12, "jobs[2].duration"), (13, "jobs[2].width"), (17, "jobs[3].prompt"),
                (18, "jobs[3].height"), (20, "jobs[4].name"), (24, "jobs[4].poll.multiplier"),
            ],
            faults.Select(fault => (fault.Line, fault.Path)));
    }
}
