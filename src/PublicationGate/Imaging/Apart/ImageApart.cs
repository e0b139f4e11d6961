using PublicationGate.Imaging.Metadata;
using PublicationGate.Intake;

namespace PublicationGate.Imaging.Apart;

/// <summary>A picture that a child decodes. What the child says is believed as little as the picture.</summary>
internal sealed class ImageApart(DecoderProcess child, ImageLimits limits, ApartOptions options, Func<DecoderProcess, bool, DecoderEnd> giveBack, CancellationToken cancellationToken) : IOpenImage
{
    private readonly CancellationTokenRegistration cancelling = cancellationToken.UnsafeRegister(static child => ((DecoderProcess)child!).Kill(DecoderEnd.Unneeded), child);
    private int series;
    private bool isGivenBack;

    /// <summary>Hands over the file.</summary>
    public void Send(ReadOnlyMemory<byte> content) => Ask<object?>(
        to =>
        {
            to.Write((byte)Request.Open);
            to.Write(content.Length);
            to.Write(content.Span);
        },
        null);

    public ImageHeader ReadHeader() => Ask(to => to.Write((byte)Request.Header), from => Expect(from, Answer.Header).ReadHeader(limits))!;

    public IEnumerable<PixelImage> DecodeFrames(ImageHeader header, int longSide, Action onWarning)
    {
        var number = series++;
        try
        {
            for (var frame = 0; NextFrame(number, header, longSide, onWarning) is { } picture; frame++)
            {
                if (frame >= limits.Frames)
                {
                    picture.Dispose();
                    throw Broken(DecoderEnd.Crash);
                }

                yield return picture;
            }
        }
        finally
        {
            if (!isGivenBack)
            {
                Ask<object?>(
                    to =>
                    {
                        to.Write((byte)Request.EndFrames);
                        to.Write(number);
                    },
                    null);
            }
        }
    }

    MetadataFacts IOpenImage.ReadMetadata(ImageFormat format, PictureView shown) => Ask(
        to =>
        {
            to.Write((byte)Request.Metadata);
            to.Write((byte)format);
            shown.Write(to);
        },
        from => Expect(from, Answer.Metadata).ReadMetadata())!;

    /// <summary>Reads the file that was sent as a sidecar.</summary>
    public MetadataFacts ReadSidecar() => Ask(to => to.Write((byte)Request.Sidecar), from => Expect(from, Answer.Metadata).ReadMetadata())!;

    public void Dispose()
    {
        if (isGivenBack)
        {
            return;
        }

        try
        {
            Ask<object?>(to => to.Write((byte)Request.Close), null);
            GiveBack(hasEnded: false);
        }
        catch (Exception ended) when (ended is UnreadableImageException or OperationCanceledException)
        {
            // It was given back as ended; all that was asked has been answered.
        }
    }

    private PixelImage? NextFrame(int number, ImageHeader header, int longSide, Action onWarning)
    {
        var (picture, hasWarnings) = Ask(
            to =>
            {
                to.Write((byte)Request.Frame);
                to.Write(number);
                to.Write(header);
                to.Write(longSide);
            },
            from => ReadFrame(from, longSide));
        if (hasWarnings)
        {
            onWarning();
        }

        return picture;
    }

    private static (PixelImage? Picture, bool HasWarnings) ReadFrame(BinaryReader from, int longSide)
    {
        var kind = Expect(from, Answer.Frame, Answer.NoMoreFrames, out var answer);
        var hasWarnings = kind.ReadBoolean();
        if (answer == Answer.NoMoreFrames)
        {
            return (null, hasWarnings);
        }

        var (width, height) = (from.ReadInt32(), from.ReadInt32());
        Wire.Demand(width > 0 && height > 0 && Math.Max(width, height) <= longSide);
        var picture = PixelImage.Empty(width, height);
        try
        {
            from.BaseStream.ReadExactly(picture.Pixels);
            return (picture, hasWarnings);
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    // One question, and its answer unless it has none; each has its time.
    private T? Ask<T>(Action<BinaryWriter> ask, Func<BinaryReader, T>? answer)
    {
        ObjectDisposedException.ThrowIf(isGivenBack, this);
        try
        {
            using var limit = child.KillAfter(options.Wall);
            ask(child.Output);
            child.Output.Flush();
            return answer is null ? default : answer(child.Input);
        }
        catch (Exception failure) when (failure is not (UnreadableImageException or DecodingFailedException))
        {
            // Whatever is left in the pipe must not become the next photo's answer.
            throw Broken(failure is IOException ? null : DecoderEnd.Crash);
        }
        catch (UnreadableImageException unreadable) when (unreadable.Problem == ImageProblem.TooDemanding)
        {
            // Who was refused memory once may hold what is left of it in any state.
            child.Kill(DecoderEnd.Memory);
            GiveBack(hasEnded: true);
            throw;
        }
    }

    private UnreadableImageException Broken(DecoderEnd? killFor)
    {
        if (killFor is { } reason)
        {
            child.Kill(reason);
        }

        var end = GiveBack(hasEnded: true);
        cancellationToken.ThrowIfCancellationRequested();
        return new UnreadableImageException(end is DecoderEnd.Cpu or DecoderEnd.Memory ? ImageProblem.TooDemanding : ImageProblem.DecoderFailed, $"the decoder was ended: {end}");
    }

    private DecoderEnd GiveBack(bool hasEnded)
    {
        isGivenBack = true;
        cancelling.Dispose();
        return giveBack(child, hasEnded);
    }

    private static BinaryReader Expect(BinaryReader from, Answer expected) => Expect(from, expected, expected, out _);

    private static BinaryReader Expect(BinaryReader from, Answer one, Answer other, out Answer answer)
    {
        answer = (Answer)from.ReadByte();
        if (answer == Answer.Problem)
        {
            var problem = (ImageProblem)from.ReadByte();
            var left = Wire.LongestDetail;
            var detail = from.ReadText(ref left);
            Wire.Demand(Enum.IsDefined(problem) && problem != ImageProblem.None);
            throw new UnreadableImageException(problem, detail ?? "");
        }

        if (answer == Answer.Failure)
        {
            var left = Wire.LongestDetail;
            throw new DecodingFailedException(from.ReadText(ref left) ?? "");
        }

        Wire.Demand(answer == one || answer == other);
        return from;
    }
}

/// <summary>Decoding failed in a way that nobody foresaw.</summary>
/// <param name="kind">The kind of exception that the child met.</param>
internal sealed class DecodingFailedException(string kind) : Exception("decoding failed: " + kind);
