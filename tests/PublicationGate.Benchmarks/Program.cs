using PublicationGate.Benchmarks;

return args switch
{
    ["album", .. var options] => await AlbumBenchmark.RunAsync(options),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("album [--photos N] [--cores N] [--progressive]   screens N 12-megapixel JPEGs (default 1000) with the program itself, on N cores (default 2)");
    return 2;
}
