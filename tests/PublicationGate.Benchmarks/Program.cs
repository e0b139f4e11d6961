using PublicationGate.Benchmarks;

return args switch
{
    ["album", .. var options] => await AlbumBenchmark.RunAsync(new Arguments(options)),
    ["apart", .. var options] => await ApartBenchmark.RunAsync(new Arguments(options)),
    ["peers", .. var options] => await PeersBenchmark.RunAsync(new Arguments(options)),
    ["thresholds", .. var options] => ThresholdChoice.Run(new Arguments(options)),
    ["register", .. var options] => await RegisterBenchmark.RunAsync(new Arguments(options)),
    ["hashes", .. var options] => HashesBenchmark.Run(new Arguments(options)),
    ["conceal", .. var options] => ConcealBenchmark.Run(new Arguments(options)),
    ["count", var folder, var weights, .. var options] => CountingBenchmark.Run(folder, weights, new Arguments(options)),
    ["texts", .. var options] => TextsBenchmark.Run(new Arguments(options)),
    ["inbox", .. var options] => await InboxBenchmark.RunAsync(new Arguments(options)),
    ["queue", .. var options] => await QueueBenchmark.RunAsync(new Arguments(options)),
    ["load", .. var options] => await LoadBenchmark.RunAsync(new Arguments(options)),
    ["withdrawal", .. var options] => await WithdrawalBenchmark.RunAsync(new Arguments(options)),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        album [--photos 1000] [--long-side 4000] [--cores 2] [--progressive] [--without-exif] [--weights FILE]
            screens JPEGs, by default of 12 megapixels, with the program itself, by RetinaFace or the weights given
        apart [--photos 120] [--rounds 3] [--decodings 100] [--long-side 4000] [--progressive] [--without-exif]
            decodes JPEGs, then screens them in a watched folder, decoding in the same process and apart, in turns
        peers [--photos 60] [--long-side 4000] [--cores 2] [--rounds 3] [--progressive] [--without-exif] [--portraits] [--models DIR]
            counts faces with the gate, with the retinaface package, and with the gate's policy on sharp and onnxruntime-node, in turns;
            DIR holds further weights, such as those of YuNet
        thresholds [--labels FILE] [--weights FILE]
            the sure score by five folds over labelled photos and the sample package, and how often a box of each score is a face
        register [--pupils 20000] [--answers 200000] [--looks 1000]
            imports an invented register and looks up classes of 30
        hashes [--photos DIR] [--photographs] [--index 100000]
            how well copies are told from different pictures by what they look like, in twelve manipulations and some beyond, and how fast;
            with --photographs without regions of them; DIR, with the folders in it, holds photographs of your own, each once
        conceal [--labels FILE] [--models DIR] [--cores 2] [--out DIR] [--mosaics]
            conceals faces in photographs, as they are and edited, and looks for them again; DIR keeps the copies; with --mosaics instead
            how many heads of the labelled ones a mosaic would tell
        count FOLDER WEIGHTS [--workers N] [--detecting N]
            counts faces in a folder of JPEGs, and nothing else, by N threads, of which N may be detecting at once; default: the cores
        texts [--pupils 20000] [--rounds 1001]
            searches captions of 2,000 characters against a register
        inbox [--files 10000] [--progressive]
            files dropped at once into a watched folder, one look at it, the store of originals, clean copies
        queue [--items 100000] [--workers 4] [--complete 5000] [--database CONNECTION]
            hands out items of the queue one by one, and decides some, on SQLite or the PostgreSQL given
        load [--clients 8] [--seconds 60] [--cores 2] [--photos 200] [--long-side 4000]
            clients upload to the service while somebody looks at pages; then the command line screens photos on the same cores
        withdrawal [--releases 100000] [--database CONNECTION]
            lists, and hides by a no, what was released of a pupil, on SQLite or the PostgreSQL given
        """);
    return 2;
}
