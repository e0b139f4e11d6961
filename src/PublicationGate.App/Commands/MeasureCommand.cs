using System.CommandLine;
using System.Globalization;
using PublicationGate.App.Output;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>measure faces</c>: how well and how fast faces are counted in photos whose faces are known.</summary>
internal static class MeasureCommand
{
    public static Command Create(GlobalOptions global)
    {
        var folder = new Argument<string?>("DIR") { Description = global.Text("cli.measure.folder"), Arity = ArgumentArity.ZeroOrOne };
        var labels = new Option<string?>("--labels") { Description = global.Text("cli.measure.labels") };
        var expect = new Option<int?>("--expect") { Description = global.Text("cli.measure.expect") };
        var detector = new Option<string?>("--detector") { Description = global.Text("cli.measure.detector") };
        var second = new Option<string?>("--second-opinion") { Description = global.Text("cli.measure.second") };
        var json = new Option<bool>("--json") { Description = global.Text("cli.measure.json") };
        var faces = new Command("faces", global.Text("cli.measure.faces")) { folder, labels, expect, detector, second, json };
        faces.SetAction((parsed, cancellationToken) => Task.Run(() =>
        {
            var language = parsed.GetValue(global.Language)!;
            var photos = Photos(parsed.GetValue(labels), parsed.GetValue(folder), parsed.GetValue(expect));
            var models = GateHost.Models(parsed.GetValue(global.Data)!);
            var chosen = parsed.GetValue(detector) is { } name ? [Open(models, name)] : models.InUse().Select(models.Open).ToList();
            using var counter = new FaceCounter(parsed.GetValue(second) is { } other ? [chosen[0], Open(models, other)] : chosen);
            var unreadable = 0;
            var measures = FaceMeasurement.Run(photos, new ImageDecoder(new ImageLimits()), counter, path =>
            {
                unreadable++;
                Console.Error.WriteLine($"{path}: {Texts.Get("unknown.image.Damaged").In(language)}");
            }, cancellationToken);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(JsonText.Of(measures));
            }
            else
            {
                Write(measures, string.Join(" + ", counter.Models.Select(model => model.Name)), global.Text);
            }

            return unreadable == 0 && measures.Photos > 0 ? ExitCodes.AllApproved : ExitCodes.HeldOrRejected;
        }, cancellationToken));
        return new Command("measure", global.Text("cli.measure")) { faces, MeasurePortraitsCommand.Create(global) };
    }

    private static IReadOnlyList<LabelledPhoto> Photos(string? labels, string? folder, int? expect)
    {
        var given = labels ?? folder ?? throw new InputErrorsException([new InputError("measure faces", 0, null, Texts.Get("measure.nothing-given"))]);
        if (!Directory.Exists(given))
        {
            return LabelledPhotos.Read(given);
        }

        return expect is { } count ? LabelledPhotos.InFolder(given, count) : LabelledPhotos.Read(Path.Combine(given, "labels.json"));
    }

    // A name, or a file of weights, which is known by its checksum.
    private static FaceModel Open(ModelStore models, string name) => File.Exists(name) ? models.OpenFile(name) : models.Open(models.Named(name));

    private static void Write(FaceMeasures measures, string models, Func<string, string> text)
    {
        var grid = new Grid().AddColumn().AddColumn(new GridColumn().RightAligned());
        void Row(string key, double? value, string format) => grid.AddRow(text("measure." + key), value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "-");
        Row("photos", measures.Photos, "0");
        Row("exact", measures.ExactShare, "0.000");
        Row("within-one", measures.WithinOneShare, "0.000");
        Row("error", measures.MeanError, "0.00");
        Row("error-from-14", measures.MeanErrorFrom14, "0.00");
        Row("recall-20", measures.Recall20, "0.000");
        Row("recall-10", measures.Recall10to20, "0.000");
        Row("false", measures.FalsePerPhoto, "0.000");
        Row("missed", measures.MissedShare, "0.000");
        Row("decode", measures.DecodeMs, "0.0");
        Row("detect", measures.DetectMs, "0.0");
        Row("decode-mp", measures.DecodeMsPerMegapixel, "0.0");
        Row("detect-mp", measures.DetectMsPerMegapixel, "0.0");
        Row("p50", measures.P50Ms, "0.0");
        Row("p95", measures.P95Ms, "0.0");
        Row("speed", measures.PhotosPerSecond, "0.0");
        Row("memory", measures.PeakMegabytes, "0");
        AnsiConsole.WriteLine(models);
        AnsiConsole.Write(grid);
    }
}
