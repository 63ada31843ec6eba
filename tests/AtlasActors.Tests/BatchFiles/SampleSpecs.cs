using AtlasActors.Costs;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class SampleSpecs
{
    [Theory]
    [InlineData("weekly-pack.yaml", 15, "0.9500")]
    [InlineData("catalogue.yaml", 500, "20.0000")]
    [InlineData("cinematic-series.yaml", 10, "1.5000")]
    [InlineData("mixed.yaml", 5, "1.2500")]
    [InlineData("mixed.json", 2, "0.2600")]
    [InlineData("pictures.yaml", 3, "0.1200")]
    public void A_sample_is_in_order_and_costs_what_it_says(string name, int jobs, string price)
    {
        var reading = SampleFiles.Read(name);

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
        Assert.Equal(jobs, reading.Definition!.Jobs.Count);
        Assert.Equal(price, reading.Definition.Price.ToString());
        Assert.DoesNotContain(BatchEstimate.Of(reading.Definition, reading.Prices).ByModel, model => model.IsAssumed);
    }

    [Fact]
    public void Each_sample_has_an_output_folder_of_its_own()
    {
        var folders = SampleFiles.All().Select(name => SampleFiles.Read(name).Definition!.OutputDir).ToArray();

        Assert.Equal(folders.Length, folders.Distinct().Count());
    }

    [Fact]
    public void No_two_jobs_of_the_catalogue_share_a_name_or_a_prompt()
    {
        var jobs = SampleFiles.Read("catalogue.yaml").Definition!.Jobs;

        Assert.Equal(500, jobs.Select(job => job.Name).Distinct().Count());
        Assert.Equal(500, jobs.Select(job => job.Body).Distinct().Count());
    }
}
