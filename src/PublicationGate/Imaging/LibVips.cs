using System.Runtime.InteropServices;

namespace PublicationGate.Imaging;

/// <summary>
/// The entry points of libvips that the operation API needs, and its start-up. The variadic functions of libvips are left alone:
/// they cannot be called through P/Invoke on every platform.
/// </summary>
internal static unsafe partial class LibVips
{
    private const string Vips = "vips";

    /// <summary>The only loaders that may run: one for each <see cref="Intake.ImageFormat"/> that the gate reads, from memory.</summary>
    private static readonly string[] AllowedLoaders =
    [
        "VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer",
        "VipsForeignLoadNsgifBuffer", "VipsForeignLoadTiffBuffer", "VipsForeignLoadHeifBuffer",
    ];

    private static readonly Lazy<string> Started = new(Start);

    /// <summary>Starts libvips once for the process and tells its version, such as <c>8.18.7</c>.</summary>
    /// <exception cref="DllNotFoundException">The native library is not beside the program.</exception>
    public static string Version => Started.Value;

    private static string Start()
    {
        GiveMemoryBack();
        if (vips_init("publication-gate") != 0)
        {
            throw new VipsException("vips_init: " + TakeError());
        }

        // libvips writes its warnings to standard error by itself; they can quote a file's content and nobody can act on them there.
        foreach (var domain in new[] { "VIPS", "GLib", "GLib-GObject" })
        {
            g_log_set_handler(domain, LogLevelWarningAndMilder, &Silence, 0);
        }

        vips_block_untrusted_set(1);
        vips_operation_block_set("VipsForeignLoad", 1);
        foreach (var loader in AllowedLoaders)
        {
            vips_operation_block_set(loader, 0);
        }

        // Photos are screened in parallel, one thread each: threads inside an operation would only contend. No photo is decoded
        // twice in a row, so the operation cache would only hold pixels of children longer than needed.
        vips_concurrency_set(1);
        vips_cache_set_max(0);
        return $"{vips_version(0)}.{vips_version(1)}.{vips_version(2)}";
    }

    // The C library of most Linux systems keeps what pictures leave behind, in a heap a thread: 40 MB after a few hundred photos. Two heaps,
    // and every block of a quarter of a megabyte handed back at once, cost no time that could be measured. Other C libraries have no mallopt.
    private static void GiveMemoryBack()
    {
        const int MmapThreshold = -3, ArenaMax = -8;
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "mallopt", out var address))
        {
            var mallopt = (delegate* unmanaged[Cdecl]<int, int, int>)address;
            _ = mallopt(MmapThreshold, 256 * 1024);
            _ = mallopt(ArenaMax, 2);
        }
    }

    /// <summary>The text of the last failure, for the log only: other threads write into the same buffer.</summary>
    public static string TakeError()
    {
        var text = vips_error_buffer_copy();
        var message = Marshal.PtrToStringUTF8(text) ?? "";
        g_free(text);
        return message.Trim();
    }

    // G_LOG_LEVEL_WARNING (16) and the milder MESSAGE, INFO and DEBUG (32, 64, 128).
    private const int LogLevelWarningAndMilder = 16 | 32 | 64 | 128;

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Silence(nint domain, int level, nint message, nint data)
    {
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct GValue
    {
        public nuint Type;
        public long Data0;
        public long Data1;
    }

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int vips_init(string argv0);

    [LibraryImport(Vips)]
    private static partial int vips_version(int flag);

    [LibraryImport(Vips)]
    private static partial void vips_block_untrusted_set(int state);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    private static partial void vips_operation_block_set(string name, int state);

    [LibraryImport(Vips)]
    private static partial void vips_concurrency_set(int concurrency);

    [LibraryImport(Vips)]
    private static partial void vips_cache_set_max(int max);

    [LibraryImport(Vips)]
    private static partial nint vips_error_buffer_copy();

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint g_log_set_handler(string domain, int levels, delegate* unmanaged[Cdecl]<nint, int, nint, nint, void> handler, nint data);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint vips_operation_new(string name);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_object_set_argument_from_string(nint target, string name, string value);

    [LibraryImport(Vips)]
    internal static partial int vips_cache_operation_buildp(ref nint operation);

    [LibraryImport(Vips)]
    internal static partial void vips_object_unref_outputs(nint target);

    [LibraryImport(Vips)]
    internal static partial void vips_value_set_blob(ref GValue value, nint freeFunction, nint data, nuint length);

    [LibraryImport(Vips)]
    internal static partial nuint vips_blob_get_type();

    [LibraryImport(Vips)]
    internal static partial nint vips_blob_get(nint blob, out nuint length);

    [LibraryImport(Vips)]
    internal static partial nint g_value_get_boxed(ref GValue value);

    [LibraryImport(Vips)]
    internal static partial nuint vips_image_get_type();

    [LibraryImport(Vips)]
    internal static partial nint g_value_init(ref GValue value, nuint type);

    [LibraryImport(Vips)]
    internal static partial void g_value_unset(ref GValue value);

    [LibraryImport(Vips)]
    internal static partial void g_value_set_object(ref GValue value, nint target);

    [LibraryImport(Vips)]
    internal static partial nint g_value_dup_object(ref GValue value);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_object_set_property(nint target, string name, ref GValue value);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_object_get_property(nint target, string name, ref GValue value);

    [LibraryImport(Vips)]
    internal static partial void g_object_unref(nint target);

    [LibraryImport(Vips)]
    internal static partial nint g_try_malloc(nuint bytes);

    [LibraryImport(Vips)]
    internal static partial void g_free(nint memory);

    [LibraryImport(Vips)]
    internal static partial int vips_image_get_width(nint image);

    [LibraryImport(Vips)]
    internal static partial int vips_image_get_height(nint image);

    [LibraryImport(Vips)]
    internal static partial int vips_image_get_bands(nint image);

    [LibraryImport(Vips)]
    internal static partial int vips_image_get_page_height(nint image);

    [LibraryImport(Vips)]
    internal static partial int vips_image_get_n_pages(nint image);

    [LibraryImport(Vips)]
    internal static partial int vips_image_get_orientation(nint image);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nuint vips_image_get_typeof(nint image, string name);

    [LibraryImport(Vips)]
    internal static partial int vips_image_hasalpha(nint image);

    [LibraryImport(Vips)]
    internal static partial nint vips_image_new_from_memory(nint data, nuint size, int width, int height, int bands, int format);

    [LibraryImport(Vips)]
    internal static partial nint vips_image_copy_memory(nint image);

    [LibraryImport(Vips)]
    internal static partial nint vips_image_write_to_memory(nint image, out nuint size);
}
