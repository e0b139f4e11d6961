using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>Writes a copy of a photo on which the faces that were found are marked, for a person to see what was counted.</summary>
public static class FaceOverlay
{
    // Large enough to recognise who is meant, small enough to open at once.
    private const int LongSide = 1600;
    private static readonly (byte R, byte G, byte B) SureColour = (0, 200, 83);
    private static readonly (byte R, byte G, byte B) DoubtfulColour = (255, 171, 0);

    /// <summary>
    /// Writes the first frame as JPEG without metadata: sure faces boxed, doubtful ones dashed and numbered from 1.
    /// </summary>
    /// <param name="decoder">Decodes the photo once more, at the size of the copy.</param>
    /// <param name="content">The whole file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="faces">What was counted in it.</param>
    /// <param name="path">Where the copy goes; folders are made, a file there is replaced.</param>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    public static void Write(IImageDecoder decoder, ReadOnlyMemory<byte> content, ImageHeader header, FaceFacts faces, string path)
    {
        using var picture = Draw(decoder, content, header, faces, CancellationToken.None);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = path + ".partial";
        picture.SaveJpeg(unfinished);
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>The first frame with sure faces boxed, doubtful ones dashed and numbered from 1; the caller disposes it.</summary>
    /// <param name="decoder">Decodes the photo once more, at the size of the copy.</param>
    /// <param name="content">The whole file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="faces">What was counted in it.</param>
    /// <param name="cancellationToken">Ends the decoding.</param>
    /// <exception cref="UnreadableImageException">It does not decode.</exception>
    public static PixelImage Draw(IImageDecoder decoder, ReadOnlyMemory<byte> content, ImageHeader header, FaceFacts faces, CancellationToken cancellationToken)
    {
        using var image = decoder.Open(content, cancellationToken);
        var picture = image.DecodeFrames(header, LongSide, () => { }).First();
        var scale = (float)picture.Width / header.Width;
        var drawing = new Drawing(picture, Thickness: Math.Max(2, Math.Max(picture.Width, picture.Height) / 400));
        foreach (var face in faces.Sure)
        {
            drawing.Box(face.Scaled(scale), SureColour, isDashed: false);
        }

        for (var number = 1; number <= faces.Doubtful.Count; number++)
        {
            var box = faces.Doubtful[number - 1].Scaled(scale);
            drawing.Box(box, DoubtfulColour, isDashed: true);
            drawing.Number(number, box, DoubtfulColour);
        }

        return picture;
    }

    /// <summary>Draws on pixels. No font is needed on the machine: digits are all it writes.</summary>
    private readonly record struct Drawing(PixelImage Picture, int Thickness)
    {
        // Digits of three by five dots, a row in three bits.
        private static readonly byte[][] Digits =
        [
            [7, 5, 5, 5, 7], [2, 6, 2, 2, 7], [7, 1, 7, 4, 7], [7, 1, 3, 1, 7], [5, 5, 7, 1, 1],
            [7, 4, 7, 1, 7], [7, 4, 7, 5, 7], [7, 1, 2, 2, 2], [7, 5, 7, 5, 7], [7, 5, 7, 1, 7],
        ];

        public void Box(FaceBox box, (byte R, byte G, byte B) colour, bool isDashed)
        {
            var (left, top) = ((int)box.X, (int)box.Y);
            var (width, height) = ((int)box.Width, (int)box.Height);
            var dash = isDashed ? Thickness * 4 : int.MaxValue;
            for (var at = 0; at < width; at++)
            {
                if (at / dash % 2 == 0)
                {
                    Dot(left + at, top, colour);
                    Dot(left + at, top + height, colour);
                }
            }

            for (var at = 0; at < height; at++)
            {
                if (at / dash % 2 == 0)
                {
                    Dot(left, top + at, colour);
                    Dot(left + width, top + at, colour);
                }
            }
        }

        public void Number(int number, FaceBox box, (byte R, byte G, byte B) colour)
        {
            var (x, y) = ((int)box.X + (Thickness * 2), (int)box.Y + (Thickness * 2));
            foreach (var digit in number.ToString(System.Globalization.CultureInfo.InvariantCulture))
            {
                for (var dot = 0; dot < 15; dot++)
                {
                    if ((Digits[digit - '0'][dot / 3] & (4 >> (dot % 3))) != 0)
                    {
                        Dot(x + (dot % 3 * Thickness), y + (dot / 3 * Thickness), colour);
                    }
                }

                x += 4 * Thickness;
            }
        }

        private void Dot(int x, int y, (byte R, byte G, byte B) colour)
        {
            for (var row = Math.Max(0, y); row < Math.Min(Picture.Height, y + Thickness); row++)
            {
                for (var column = Math.Max(0, x); column < Math.Min(Picture.Width, x + Thickness); column++)
                {
                    Picture.Set(column, row, colour.R, colour.G, colour.B);
                }
            }
        }
    }
}
