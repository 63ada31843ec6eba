namespace AtlasActors.Hosting;

/// <summary>Something of which so much is alike that the journal has it compressed.</summary>
internal interface IPackedInJournal;
