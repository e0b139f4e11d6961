using System.CommandLine;
using System.Globalization;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Rules;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>measure portraits</c>: how far the largest face of each photo stands out, and whether the protocol calls that a portrait (P4).</summary>
internal static class MeasurePortraitsCommand
{
    public static Command Create(GlobalOptions global)
    {
        var paths = new Argument<string[]>("PATH") { Description = global.Text("cli.screen.paths"), Arity = ArgumentArity.OneOrMore };
        var protocolFile = new Option<string?>("--protocol") { Description = global.Text("cli.screen.protocol") };
        var portraits = new Command("portraits", global.Text("cli.measure.portraits")) { paths, protocolFile };
        portraits.SetAction((parsed, cancellationToken) => Task.Run(async () =>
        {
            var protocol = parsed.GetValue(protocolFile) is { } file ? ProtocolReader.Read(file) : ProtocolReader.BuiltIn();
            var models = GateHost.Models(parsed.GetValue(global.Data)!);
            using var counter = new FaceCounter([.. models.InUse().Select(models.Open)]);
            var decoder = new ImageDecoder(new ImageLimits());
            var table = new Table { Border = TableBorder.Horizontal };
            foreach (var (key, isNumber) in new[] { ("photo", false), ("faces", true), ("times-next", true), ("share", true), ("times-sharper", true), ("dominates", false) })
            {
                table.AddColumn(new TableColumn(global.Text("measure.portraits." + key)) { Alignment = isNumber ? Justify.Right : Justify.Left });
            }

            foreach (var photo in FolderScan.Of(parsed.GetValue(paths)!, cancellationToken: cancellationToken).Photos)
            {
                using var media = await MediaFile.ReadAsync(photo.Path, photo.ShownPath, new IntakeOptions(), cancellationToken);
                table.AddRow([.. Row(media, decoder, counter, protocol, global, cancellationToken).Prepend(media.FileName).Select(cell => Markup.Escape(Printable.Of(cell)))]);
            }

            AnsiConsole.Write(table);
            return ExitCodes.AllApproved;
        }, cancellationToken));
        return portraits;
    }

    private static IEnumerable<string> Row(MediaFile media, ImageDecoder decoder, FaceCounter counter, Protocol protocol, GlobalOptions global, CancellationToken cancellationToken)
    {
        try
        {
            var header = decoder.ReadHeader(media.Content);
            var faces = counter.Count(header, longSide => decoder.DecodeFrames(media.Content, header, longSide, () => { }), cancellationToken);
            var largest = faces.Geometry.MaxBy(face => face.AreaShare);
            var next = faces.Geometry.Where(face => face != largest).Select(face => face.Sharpness).DefaultIfEmpty(0).Max();
            return
            [
                Number(faces.Sure.Count, "0"), Number(largest?.TimesNext, "0.0"), Number(largest?.AreaShare, "0.000"), Number(next > 0 ? largest?.Sharpness / next : null, "0.0"),
                faces.Sure.Count < 2 ? "-" : global.Text(IndividualShot.HasDominantFace(faces, header, protocol) ? "measure.portraits.yes" : "measure.portraits.no"),
            ];
        }
        catch (UnreadableImageException)
        {
            return ["-", "-", "-", "-", "-"];
        }
    }

    private static string Number(float? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
