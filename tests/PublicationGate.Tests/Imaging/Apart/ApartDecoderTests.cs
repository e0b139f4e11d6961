using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Imaging.Apart;

[NonParallelizable]
public class ApartDecoderTests
{
    private static readonly byte[] Photo = TestFiles.Photo("ivana.jpg");

    private Decoders.Ends ends = null!;

    [SetUp]
    public void Listen() => ends = new();

    [TearDown]
    public void StopListening() => ends.Dispose();

    [Test]
    public void One_process_serves_one_photo_after_another()
    {
        using var decoder = Decoders.Apart();
        Assert.That(Decode(decoder, Photo), Is.EqualTo(ImageProblem.None));
        var first = decoder.ProcessIds.Single();
        Assert.That(Decode(decoder, Photo), Is.EqualTo(ImageProblem.None));
        Assert.That(decoder.ProcessIds, Is.EqualTo(new[] { first }));
    }

    [Test]
    public void A_process_that_is_killed_costs_its_own_photo_only()
    {
        using var decoder = Decoders.Apart();
        using var one = decoder.Open(Photo, CancellationToken.None);
        var ofOne = decoder.ProcessIds.Single();
        using var other = decoder.Open(Photo, CancellationToken.None);
        Assert.That(one.ReadHeader(), Is.EqualTo(other.ReadHeader()));

        Decoders.Kill(ofOne);

        Assert.That(ProblemOf(() => one.ReadHeader()), Is.EqualTo(ImageProblem.DecoderFailed));
        Assert.That(other.ReadHeader().Width, Is.GreaterThan(0));
        one.Dispose();
        Assert.That(Decode(decoder, Photo), Is.EqualTo(ImageProblem.None));
        Assert.That(ends.Reasons, Is.EqualTo(new[] { "crash" }));
    }

    [Test]
    public void A_process_that_is_killed_while_nobody_uses_it_costs_no_photo()
    {
        using var decoder = Decoders.Apart();
        Decode(decoder, Photo);
        Decoders.Kill(decoder.ProcessIds.Single());
        Assert.That(Decode(decoder, Photo), Is.EqualTo(ImageProblem.None));
    }

    [Test]
    public void Cancelling_frees_the_process()
    {
        using var decoder = Decoders.Apart(new() { Processes = 1 });
        using var cancelling = new CancellationTokenSource();
        using (var image = decoder.Open(Photo, cancelling.Token))
        {
            using var waiting = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
            Assert.That(() => decoder.Open(Photo, waiting.Token), Throws.InstanceOf<OperationCanceledException>(), "there is room for one");
            cancelling.Cancel();
            Assert.That(() => image.ReadHeader(), Throws.InstanceOf<OperationCanceledException>());
        }

        Assert.That(Decode(decoder, Photo), Is.EqualTo(ImageProblem.None));
        Assert.That(ends.Reasons, Is.Empty, "nobody ended it for what it did");
    }

    [Test]
    public void No_process_is_left_when_the_decoder_is_closed_even_in_the_middle_of_a_photo()
    {
        var decoder = Decoders.Apart();
        using var image = decoder.Open(Photo, CancellationToken.None);
        Decode(decoder, Photo);
        var processes = decoder.ProcessIds;
        decoder.Dispose();
        Assert.That(ProblemOf(() => image.ReadHeader()), Is.EqualTo(ImageProblem.DecoderFailed));
        Assert.That(processes, Has.Count.EqualTo(2));
        Assert.That(processes.Where(Decoders.IsAlive), Is.Empty);
    }

    [Test]
    public void What_does_not_answer_in_time_is_ended()
    {
        using var decoder = Decoders.Apart(new() { Processes = 1, Wall = TimeSpan.FromMilliseconds(200) }, Decoders.Saying(@"\000"));
        Assert.That(Decode(decoder, Photo), Is.EqualTo(ImageProblem.DecoderFailed));
        Assert.That(ends.Reasons, Is.EqualTo(new[] { "wall" }));
        Assert.That(decoder.ProcessIds, Is.Empty);
    }

    [Test]
    public void A_real_photo_that_takes_longer_than_it_may_is_ended()
    {
        using var decoder = Decoders.Apart(new() { Processes = 1, Wall = TimeSpan.FromMilliseconds(1) });
        // Some hundred milliseconds of work.
        Assert.That(Decode(decoder, Interlaced(4000, 4000)), Is.EqualTo(ImageProblem.DecoderFailed));
        Assert.That(ends.Reasons, Is.EqualTo(new[] { "wall" }));
    }

    [Test]
    [Platform("Linux")]
    public void What_takes_more_memory_than_it_may_is_ended_and_the_next_photo_is_not()
    {
        var hundredMegapixels = Interlaced(10_000, 10_000);
        using var decoder = Decoders.Apart(new() { Processes = 1, Megabytes = 64 });
        Assert.That(Decode(decoder, hundredMegapixels), Is.EqualTo(ImageProblem.TooDemanding));
        Assert.That(ends.Reasons, Is.EqualTo(new[] { "memory" }));
        Assert.That(Decode(decoder, Photo), Is.EqualTo(ImageProblem.None));

        using var roomy = Decoders.Apart(new() { Processes = 1 });
        Assert.That(Decode(roomy, hundredMegapixels), Is.EqualTo(ImageProblem.None), "it is within what is allowed by default");
    }

    [Test]
    [Platform("Linux")]
    public void What_takes_more_processor_time_than_it_may_is_ended()
    {
        using var decoder = Decoders.Apart(new() { Processes = 1, ProcessorSeconds = 1 });
        using var image = decoder.Open(Interlaced(4000, 4000), CancellationToken.None);
        var header = image.ReadHeader();
        var problem = ProblemOf(() =>
        {
            for (var again = 0; again < 1000; again++)
            {
                image.DecodeFrames(header, 100, () => { }).First().Dispose();
            }
        });
        Assert.That(problem, Is.EqualTo(ImageProblem.TooDemanding));
        Assert.That(ends.Reasons, Is.EqualTo(new[] { "cpu" }));
    }

    [Test]
    [Platform("Linux")]
    public void Processor_time_is_counted_anew_for_each_photo()
    {
        using var decoder = Decoders.Apart(new() { Processes = 1, ProcessorSeconds = 2 });
        var photo = Interlaced(6000, 6000);
        var first = 0;
        for (var again = 0; again < 12; again++)
        {
            Assert.That(Decode(decoder, photo), Is.EqualTo(ImageProblem.None));
            first = first == 0 ? decoder.ProcessIds.Single() : first;
        }

        Assert.That(decoder.ProcessIds, Is.EqualTo(new[] { first }));
    }

    // Ready (0), a header (1): JPEG, and numbers that no picture has.
    [TestCase(@"\000\377\377\377\377\377\377\377\377\377", TestName = "An_answer_of_no_known_kind_is_not_believed")]
    [TestCase(@"\000\001\001\377\377\377\177\001\000\000\000\001\000\000\000\000", TestName = "A_header_beyond_the_limits_is_not_believed")]
    [TestCase(@"\000\001\001\001\000\000\000\001\000\000\000\001\000\000\000\011", TestName = "An_orientation_that_there_is_not_is_not_believed")]
    [TestCase(@"\000\005\004\377\377\377\177", TestName = "A_reason_without_end_is_not_believed")]
    [TestCase(@"\000\001\001\001\000\000\000\001\000\000\000\001\000\000\000\001\002\000\377\377\000\000\377\377\000\000", TestName = "A_frame_larger_than_asked_for_is_not_believed")]
    public void What_a_process_answers_is_not_believed(string answer)
    {
        using var decoder = Decoders.Apart(program: Decoders.Saying(answer));
        Assert.That(Decode(decoder, Photo), Is.EqualTo(ImageProblem.DecoderFailed));
        Assert.That(decoder.ProcessIds, Is.Empty);
        Assert.That(ends.Reasons, Is.EqualTo(new[] { "crash" }), "it does not wait for the time to run out");
    }

    [Test]
    public void A_program_that_does_not_start_is_no_fault_of_the_photo()
    {
        using var missing = Decoders.Apart(program: new("/nowhere/publication-gate", []));
        Assert.That(() => missing.Open(Photo, CancellationToken.None), Throws.InstanceOf<DecoderUnavailableException>());
        using var failing = Decoders.Apart(new() { Processes = 1 }, new("/bin/sh", ["-c", "echo no runtime >&2; exit 150"]));
        Assert.That(() => failing.Open(Photo, CancellationToken.None), Throws.InstanceOf<DecoderUnavailableException>().With.Message.Contains("no runtime"));
        Assert.That(() => failing.Open(Photo, CancellationToken.None), Throws.InstanceOf<DecoderUnavailableException>(), "its place is free again");
    }

    [Test]
    public void A_process_gets_no_secrets_of_its_parent()
    {
        Environment.SetEnvironmentVariable("PUBLICATION_GATE_DATABASE", "Host=db;Password=geheim");
        try
        {
            using var telling = Decoders.Apart(program: new("/bin/sh", ["-c", "env >&2; exit 1"]));
            Assert.That(() => telling.Open(Photo, CancellationToken.None), Throws.InstanceOf<DecoderUnavailableException>()
                .With.Message.Contains("DOTNET_EnableDiagnostics=0").And.Message.Not.Contains("geheim").And.Message.Not.Contains("PUBLICATION_GATE"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PUBLICATION_GATE_DATABASE", null);
        }
    }

    [Test]
    [Platform("Linux")]
    public void A_process_gives_up_what_decoding_does_not_need()
    {
        using var decoder = Decoders.Apart(new() { Processes = 1, ProcessorSeconds = 7 });
        Decode(decoder, Photo);
        var own = $"/proc/{decoder.ProcessIds.Single()}/";
        var limits = File.ReadLines(own + "limits").Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToDictionary(cells => cells[0], cells => cells[1]);
        Assert.Multiple(() =>
        {
            Assert.That(limits["Max file size"], Is.EqualTo("0"));
            Assert.That(limits["Max core file size"], Is.EqualTo("0"));
            Assert.That(limits["Max open files"], Is.EqualTo("256"));
            Assert.That(long.Parse(limits["Max data size"], null), Is.InRange(1L << 30, (1L << 30) + (300L << 20)));
            Assert.That(int.Parse(limits["Max cpu time"], null), Is.InRange(7, 20));
            Assert.That(File.ReadAllText(own + "status"), Does.Match(@"NoNewPrivs:\s+1"));
        });
    }

    [TestCase(0)]
    [TestCase(257)]
    public void Options_out_of_range_are_refused(int processes) =>
        Assert.That(() => Decoders.Apart(new() { Processes = processes }), Throws.InstanceOf<System.ComponentModel.DataAnnotations.ValidationException>());

    // The pixels of such a picture have to be held whole.
    private static byte[] Interlaced(int width, int height)
    {
        (int X, int Y, int StepX, int StepY)[] passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        var bytes = passes.Sum(pass => (long)((height - pass.Y + pass.StepY - 1) / pass.StepY) * (1 + ((width - pass.X + pass.StepX - 1) / pass.StepX)));
        return Pictures.PngOf([("IHDR", [.. Pictures.PngHeader(width, height, Pictures.Grey, 8)[..^1], 1]), ("IDAT", Pictures.Deflate(new byte[bytes]))]);
    }

    private static ImageProblem Decode(ApartDecoder decoder, byte[] file) => ProblemOf(() =>
    {
        using var image = decoder.Open(file, CancellationToken.None);
        foreach (var frame in image.DecodeFrames(image.ReadHeader(), 320, () => { }))
        {
            frame.Dispose();
        }
    });

    private static ImageProblem ProblemOf(Action decode)
    {
        try
        {
            decode();
            return ImageProblem.None;
        }
        catch (UnreadableImageException unreadable)
        {
            return unreadable.Problem;
        }
    }
}
