using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using PublicationGate.Imaging.Metadata;
using PublicationGate.Intake;

namespace PublicationGate.Imaging.Apart;

/// <summary>The child's side: reads requests from standard input and answers on standard output, one photo at a time, until input ends.</summary>
public sealed class DecoderLoop
{
    private readonly BinaryReader input;
    private readonly BinaryWriter output;
    private readonly MetadataReader metadata = new(NullLogger<MetadataReader>.Instance);
    private readonly ImageDecoder decoder;
    private readonly int processorSeconds;
    private readonly Dictionary<int, IEnumerator<PixelImage>> series = [];

    // Kept from photo to photo: a new array of some megabytes for each is work for the garbage collector.
    private byte[] buffer = [];
    private ReadOnlyMemory<byte> content;
    private bool hasWarnings;

    private DecoderLoop(Stream input, Stream output, ChildArguments arguments)
    {
        (this.input, this.output, processorSeconds) = (new BinaryReader(new BufferedStream(input)), new BinaryWriter(new BufferedStream(output)), arguments.ProcessorSeconds);
        decoder = new ImageDecoder(arguments.Limits, metadata);
    }

    /// <summary>Serves the process that started this one.</summary>
    /// <param name="arguments">What <see cref="ApartDecoder"/> adds behind the arguments of its <see cref="DecoderProgram"/>.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        // Ctrl-C and a service manager's SIGTERM reach all processes of a gate; the parent says when it is time, by closing the pipe.
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        var ignored = signals.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true)).ToList();
        _ = ImageDecoder.EngineVersion;
        var read = ChildArguments.Read(arguments);
        var loop = new DecoderLoop(Console.OpenStandardInput(), Console.OpenStandardOutput(), read);
        ProcessLimits.WidenPipes();
        ProcessLimits.Tighten(read.Parent, read.Bytes);
        try
        {
            loop.Serve();
        }
        catch (IOException)
        {
            // The parent is gone: nobody is left to tell.
        }

        ignored.ForEach(registration => registration.Dispose());
        return 0;
    }

    private void Serve()
    {
        output.Write((byte)Answer.Ready);
        while (true)
        {
            output.Flush();
            int request;
            if ((request = input.BaseStream.ReadByte()) < 0)
            {
                return;
            }

            try
            {
                Serve((Request)request);
            }
            catch (UnreadableImageException unreadable)
            {
                Tell(unreadable.Problem, unreadable.Message);
            }
            catch (OutOfMemoryException)
            {
                Tell(ImageProblem.TooDemanding, nameof(OutOfMemoryException));
            }
#pragma warning disable CA1031 // Whatever else a file does, the parent must hear of it.
            catch (Exception failure) when (failure is not (IOException or InvalidDataException))
#pragma warning restore CA1031
            {
                output.Write((byte)Answer.Failure);
                output.WriteText(failure.GetType().Name);
            }
        }
    }

    private void Serve(Request request)
    {
        switch (request)
        {
            case Request.Open:
                Open(input.ReadInt32());
                break;
            case Request.Header:
                Reply(Answer.Header, decoder.ReadHeader(content), Wire.Write);
                break;
            case Request.Frame:
                NextFrame(input.ReadInt32(), input.ReadHeader(new() { Pixels = long.MaxValue, Side = int.MaxValue, Frames = int.MaxValue }), input.ReadInt32());
                break;
            case Request.EndFrames:
                EndFrames(input.ReadInt32());
                break;
            case Request.Metadata:
                Reply(Answer.Metadata, metadata.Read(content, (ImageFormat)input.ReadByte(), PictureView.Read(input)), Wire.Write);
                break;
            case Request.Sidecar:
                Reply(Answer.Metadata, metadata.ReadSidecar(new Sidecar("", content)), Wire.Write);
                break;
            case Request.Close:
                Close();
                break;
            default:
                throw new InvalidDataException();
        }
    }

    private void Open(int length)
    {
        ProcessLimits.AllowProcessor(processorSeconds);
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<byte>(length);
        }

        input.BaseStream.ReadExactly(buffer, 0, length);
        (content, hasWarnings) = (buffer.AsMemory(0, length), false);
    }

    private void NextFrame(int number, ImageHeader header, int longSide)
    {
        if (!series.TryGetValue(number, out var frames))
        {
            series[number] = frames = decoder.DecodeFrames(content, header, longSide, () => hasWarnings = true).GetEnumerator();
        }

        if (!frames.MoveNext())
        {
            output.Write((byte)Answer.NoMoreFrames);
            output.Write(hasWarnings);
            return;
        }

        using var picture = frames.Current;
        output.Write((byte)Answer.Frame);
        output.Write(hasWarnings);
        output.Write(picture.Width);
        output.Write(picture.Height);
        output.Write(picture.Bytes);
    }

    private void EndFrames(int number)
    {
        if (series.Remove(number, out var frames))
        {
            frames.Dispose();
        }
    }

    private void Close()
    {
        foreach (var number in series.Keys.ToList())
        {
            EndFrames(number);
        }

        content = default;
    }

    // Made before the first byte of the answer is written, so that a failure is an answer of its own.
    private void Reply<T>(Answer kind, T answer, Action<BinaryWriter, T> write)
    {
        output.Write((byte)kind);
        write(output, answer);
    }

    private void Tell(ImageProblem problem, string detail)
    {
        output.Write((byte)Answer.Problem);
        output.Write((byte)problem);
        output.WriteText(detail.Length <= Wire.LongestDetail ? detail : detail[..Wire.LongestDetail]);
    }
}

/// <summary>What a child is told on its command line.</summary>
/// <param name="Parent">The process that starts it.</param>
/// <param name="Bytes">Memory for a photo.</param>
/// <param name="ProcessorSeconds">Processor time for a photo.</param>
/// <param name="Limits">How large a picture may be.</param>
internal sealed record ChildArguments(int Parent, long Bytes, int ProcessorSeconds, ImageLimits Limits)
{
    public static ChildArguments Read(IReadOnlyList<string> arguments)
    {
        var numbers = arguments.Select(argument => long.Parse(argument, CultureInfo.InvariantCulture)).ToList();
        return new((int)numbers[0], numbers[1], (int)numbers[2], new() { Pixels = numbers[3], Side = (int)numbers[4], Frames = (int)numbers[5] });
    }

    public IEnumerable<string> Written =>
        new[] { Parent, Bytes, ProcessorSeconds, Limits.Pixels, Limits.Side, Limits.Frames }.Select(number => number.ToString(CultureInfo.InvariantCulture));
}
